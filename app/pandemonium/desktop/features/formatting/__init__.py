"""How text looks on the page: looks, paragraph styles, lists, notes, and the menu that sets them."""
