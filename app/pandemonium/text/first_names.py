"""First names that tell "she" from "he"; what either may be called is left out."""

from __future__ import annotations

_SHE = (
    "Abigail Ada Adela Adelaide Agatha Agnes Aisha Alice Alma Amanda Amelia Amy Angela Anita Anna Annabel Anne "
    "Annette Annie Antonia Audrey Barbara Beatrice Bella Bertha Bess Bessie Betsy Betty Brenda Bridget Camilla Carla "
    "Carmen Carol Carolina Caroline Catharine Catherine Cecilia Celia Charlotte Chiara Chloe Christina Clara Clarissa "
    "Constance Cora Cordelia Cynthia Daisy Deborah Diana Dolly Dora Doris Dorothea Dorothy Edith Effie Eileen Elaine "
    "Eleanor Elena Elfride Eliza Elizabeth Ella Ellen Elsa Elsie Emilia Emily Emma Esther Ethel Eugenia Eva Eve Fanny "
    "Fatima Felicity Fiona Flora Florence Frances Francesca Freda Georgiana Geraldine Gertrude Gisela Giulia Gladys "
    "Grace Greta Gwen Hannah Harriet Heidi Helen Helena Henrietta Hester Hilda Ida Imogen Ingrid Irene Isabel "
    "Isabella Jane Janet Jenny Jessica Joan Joanna Josephine Judith Julia Juliet Kate Katharine Katherine Kathleen "
    "Kitty Laura Lavinia Leonora Lillian Lily Linda Lizzie Louisa Louise Lucia Lucy Lydia Mabel Maggie Marcella "
    "Margaret Maria Marianne Marie Marta Martha Mary Mathilda Matilda Maud Meg Mildred Millicent Milly Minnie Miranda "
    "Miriam Molly Monica Nancy Naomi Natalie Nell Nellie Nelly Nina Nora Olga Olivia Ophelia Patricia Paula Pauline "
    "Penelope Philippa Phoebe Phyllis Polly Priscilla Prudence Rachel Rebecca Rhoda Rosa Rosalind Rosamond Rose Ruth "
    "Sally Sarah Sibyl Sofia Sonia Sophia Sophie Stella Susan Susanna Sylvia Teresa Theodora Theresa Tess Ursula Vera "
    "Veronica Victoria Viola Violet Virginia Winifred Yvonne Zoe"
)
_HE = (
    "Aaron Abel Abraham Adam Adrian Ahmed Alan Albert Alessandro Alexander Alfred Ambrose Andrew Anthony Antonio "
    "Archibald Arnold Arthur August Augustus Barnaby Bartholomew Basil Ben Benjamin Bernard Bertram Bill Bob Bruce "
    "Carlo Carlos Cecil Charles Charley Christopher Clement Clive Conrad Cuthbert Cyril Daniel David Denis Derek Dick "
    "Donald Duncan Ebenezer Edgar Edmund Edward Edwin Enrico Eric Ernest Eugene Everard Felix Ferdinand Francesco "
    "Frank Franz Fred Frederick Freddy Geoffrey George Gerald Gilbert Giovanni Giuseppe Godfrey Gordon Graham Gregory "
    "Guy Hans Harold Harry Hector Henri Henry Herbert Herman Hermann Horace Howard Hubert Hugh Humphrey Isaac Ivan "
    "Jack Jacob Jacques James Jasper Jeremy Jim Joe Johann John Johnny Jonathan Jorge Joseph Joshua Juan Julian Karl "
    "Kenneth Kevin Kurt Lancelot Laurence Lawrence Leonard Leopold Lewis Liam Lionel Louis Luigi Luke Malcolm Manuel "
    "Marcus Mark Martin Matthew Maurice Michael Miguel Miles Mohammed Nathaniel Neil Nicholas Nicolas Nigel Noah "
    "Norman Oliver Oscar Otto Owen Patrick Paul Pedro Percy Peter Philip Pierre Ralph Randolph Raymond Reginald "
    "Richard Robert Roderick Roger Roland Rudolf Rupert Samuel Septimus Silas Simon Stanley Stefan Stephen Steven Ted "
    "Theodore Theophilus Thomas Timothy Tobias Tom Tommy Umberto Victor Vincent Walter Wilfred Wilhelm William Xavier"
)
FIRST_NAMES = {**dict.fromkeys(_SHE.split(), "she"), **dict.fromkeys(_HE.split(), "he")}


def told_by(name: str) -> str:
    """Tells "she" or "he" by the first word of a name; empty where that may be either's."""
    return FIRST_NAMES.get(name.partition(" ")[0], "")
