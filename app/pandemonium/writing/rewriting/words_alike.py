"""Words and turns of words of which one may stand for another within a part of a sentence: tables, and no rules.

Each is chosen so that it says about the same in most places of a tale; what the voice would not have in its
place is not shown.
"""

from __future__ import annotations

# A group a piece. Of "a b c" each may stand for each, of "a > b c" only those behind the sign for those before it; of
# "a b | at to" only where one of the words behind the bar follows. A line joins words that are one: "looking-glass".
THINGS = (
    "verge > edge | of; brink > edge | of; lapse > passage | of; aperture opening; edifice > building; structure > "
    "building; roadway > road; thoroughfare > street; alley > lane; parlour > sitting-room; apartment > room; "
    "bedchamber > bedroom; lanthorn > lantern; firmament > sky; deity > god; rite ritual; chant > song; myth legend; "
    "ancestor forefather; kinsman > relative; burial > funeral; interment > burial; workman labourer; wagon > cart; "
    "implement > tool; contrivance > device; gown > dress; robe > gown; jewel gem; sum > amount | of; lump > piece | "
    "of; chunk > lump | of; speck > spot | of; streak > line | of; gait > walk; demeanour > manner bearing; "
    "expression > look | of on in; grip grasp | of; altitude > height; elevation > height; vista > view; precipice > "
    "cliff; crevice > crack; cleft > crack; rift > gap; turf > grass; turret > tower; spire steeple; fellow > man | "
    "who with in of and; chap > fellow; urchin > boy; crone > old_woman; damsel > maiden; knave > rogue; wretch > "
    "creature; calamity disaster; plague pestilence; illness sickness; malady > illness; disease > illness; remedy "
    "cure; slaughter massacre; murderer > killer; penalty > punishment; advantage benefit; victory triumph; quarrel "
    "dispute; oath > vow; resolution > resolve | to of; determination > resolve | to; yearning longing; craving > "
    "longing; idea notion; sensation feeling | of that; desire wish | to for; motion movement; guest visitor; shade > "
    "shadow | of; noise > sound; vortex > whirlpool; battle > fight; chair > seat; visitor > guest; lid > cover | of; "
    "vagary whim; boyhood > youth; homestead > farm; fisherman > fisher; reef > rocks; isle island; cape headland; "
    "inlet bay; harbour haven; anchorage > harbour; mast > spar; crag > rock; copse > wood; shrub > bush; twig > "
    "branch; bough branch; foliage > leaves; ember > coal; spark > gleam | of; blackness > darkness; whiteness > "
    "pallor; valley vale; stream brook; shore coast; ship > vessel; sea ocean; stairway staircase; stairs > steps; "
    "room chamber | and in of on at was where which with; doorway > entrance; taper > candle; lantern > lamp; story "
    "tale; book volume; lad boy; doctor physician; traveller wayfarer; sailor seaman; crowd throng; townspeople "
    "townsfolk; monarch sovereign; danger peril; beginning > start | of; commencement > beginning; portion > part; "
    "fragment piece | of; kind sort | of; spot > place | where; centre middle | of; moment instant; twilight dusk; "
    "daybreak dawn; noon midday; falsehood > lie; repast > meal; feast banquet; garment > dress; garments clothes; "
    "mantle cloak; countenance > face; visage > face; glance > look; forehead > brow; corpse > body; cadaver > corpse "
    "body; tomb sepulchre; coffin casket; graveyard cemetery; phantom spectre ghost; demon fiend; beast > creature; "
    "animal > creature; steed > horse; hound > dog; blossom flower; cave cavern; abyss chasm; corridor > passage; "
    "hamlet > village; region district; neighbourhood vicinity; universe cosmos; storm tempest; breeze > wind; smell "
    "odour; scent fragrance; stench stink; hue colour tint; shape form; figure > form | of; outline contour; quantity "
    "amount; multitude > crowd; series succession; row line | of; heap pile | of; mire mud; sack > bag; mirror "
    "looking-glass; emblem symbol; conversation > talk; answer reply; result outcome; aim purpose; intention > "
    "purpose; opportunity > chance; fate destiny; mistake error; blunder > mistake; madman lunatic; enemy foe; effort "
    "attempt | to; opinion > view; conviction > belief; aspect > appearance; spectacle > sight; shriek scream; hush "
    "silence; vigour > strength; loveliness beauty; rim > edge | of; summit > top; crypt > vault; habit custom | of; "
    "remark > comment; vehicle > carriage; boulder > rock; ravine gorge; swamp marsh; bog marsh; dwelling > house; "
    "abode > dwelling; residence > house; mansion > house; cottage > house; companion > friend; foe enemy; youth > "
    "lad; maiden > girl; infant > baby; peasant > countryman; ruffian > villain; rogue scoundrel; robber thief; "
    "tumult uproar; din > noise; clamour > noise; rumour > report; prophecy prediction; riddle puzzle; legend > tale; "
    "adventure > exploit; exploit deed; task > work; trip > journey; jest joke; error mistake; defect flaw; blemish "
    "flaw; gap opening | in; crack > fissure; fissure > crack; hole > opening | in; barrier > obstacle; obstacle "
    "hindrance; border > edge | of; blaze > fire; ray beam | of; gleam glimmer | of; flash > gleam | of; veil > "
    "curtain | of; odour smell; murmur whisper | of; moan groan; sob > cry; yell shout; roar > thunder | of; crash > "
    "noise; path track; try > attempt; cataract > waterfall; quay > wharf; wharf quay; inn > tavern; tavern inn; hut "
    "> cabin; cabin > hut; prison jail; dungeon > prison; shrine > temple | of; parson clergyman; tradesman > "
    "shopkeeper; merchant trader; lawyer solicitor; servant > attendant; attendant > servant; guard sentinel; sentry "
    "sentinel; chieftain > chief; herdsman > shepherd; fragment > scrap | of; glimpse > sight | of; trace > sign | "
    "of; hint > suggestion | of; manner fashion | that which; threshold > doorstep; hearth > fireplace; fireplace "
    "hearth; rug > carpet; couch sofa; garret attic; loft > attic; kerchief > handkerchief; spectacles glasses; "
    "locality > place; surroundings environment; lass > girl; comrade companion; foreigner > stranger; pilgrim > "
    "wanderer; vagabond tramp; captive prisoner; tyrant despot; sorcerer wizard; magician wizard; bard minstrel; "
    "harper > minstrel; physician doctor; surgeon > doctor; apparition > ghost; wraith > ghost; serpent snake; cask "
    "barrel; vessel > ship | and in at was sailed lay; route > way; highway > road; meadow > field; pasture > meadow; "
    "pool pond; torrent > flood; billow wave; surf > waves; peak summit; ridge crest; lodging > room; look > glance | "
    "!of as at in on like; resemblance likeness; ally > friend; writings > works; tavern > inn; shawl > wrap; cask > "
    "barrel; keg > barrel; jug pitcher; goblet > cup; plate > dish; kettle > pot; hatchet axe; blade > knife | of and "
    "in; pistol > revolver; rifle > gun; cannon > gun; banner flag; trumpet > horn; cloister > monastery; monastery > "
    "cloister; abbey > monastery; chapel > church; steeple spire; belfry > bell-tower; courtyard > yard; court > "
    "courtyard | of and where; gateway > gate; archway > arch; portal > door gateway; casement > window; hallway > "
    "hall; stair > step; coachman driver; driver > coachman; sovereign > ruler; ruler > king; tutor teacher; teacher "
    "> schoolmaster; pupil > scholar; scholar > learned_man; author writer; writer author; omen > sign; omen portent; "
    "portent omen; vow promise; promise > word | of to that; injury > wound; nightmare > dream; reverie daydream; "
    "swoon faint; recollection memory; memory > recollection | of; remembrance > memory; reflection > thought; "
    "meditation > thought; speculation > conjecture; conjecture guess; mystery > secret | of; proof > evidence; era "
    "age | of; epoch age | of; eve > evening; sunset > sundown; sundown > sunset; sunrise > daybreak; nightfall > "
    "dusk; gust blast | of; blast > gust | of; drizzle > rain; downpour > rain; tempest storm; hurricane > storm; "
    "puddle > pool; brook stream; rivulet > brook; cascade waterfall; marsh bog; fen marsh; heath moor; moor > heath; "
    "wilderness > desert | of; wasteland > desert; summit peak; knoll > hill; hillock > hill; mound > hill; trench > "
    "ditch; ditch > trench; crop harvest; flock herd | of; herd > flock | of; raven crow; crow > raven"
)
STATES = (
    "pleasure > delight; fright > fear | and; surprise > astonishment; contempt scorn; mercy > pity; attire clothing; "
    "raiment > clothing; advice counsel; ardour zeal; tranquillity > calm; ecstasy rapture; bliss > happiness; "
    "felicity > happiness; dismay > alarm; alarm > fear; panic > terror; abhorrence loathing; repulsion > disgust; "
    "remorse > regret; woe > sorrow; misery wretchedness; offspring > children; forgiveness pardon; blackness > "
    "darkness; foliage > leaves; eagerness > keenness; ferocity fierceness; cruelty > savagery; greed > avarice; "
    "avarice greed; wealth > riches; gossip > talk; illumination > light; sunshine sunlight; darkness gloom; "
    "stillness silence; fear dread | of and; terror horror; joy delight; sorrow grief; wrath anger; fury rage; "
    "anguish agony; pity compassion; courage bravery; toil labour; repose > rest; slumber sleep; hatred hate; "
    "astonishment amazement; madness insanity; filth dirt; help aid; assistance > help; luck fortune; gladness joy; "
    "sadness sorrow; gratitude thankfulness; solitude loneliness; weariness fatigue; radiance brightness; brilliance "
    "brightness; splendour magnificence; merriment mirth; despair hopelessness; unrest uneasiness; disgust loathing; "
    "bewilderment perplexity; vengeance revenge; wealth riches; freedom liberty; oblivion forgetfulness; malice "
    "spite; fidelity faithfulness; caution > care; wickedness > evil; hurry > haste; captivity > bondage; resemblance "
    "likeness; sympathy > pity; prudence caution; splendour > glory"
)
QUALITIES = (
    "big > large; fine > splendid | house view sight building figure horse; quiet > peaceful | place street village "
    "spot evening valley; tall > lofty | tree trees tower towers pillar pillars column columns; tall > high | tower "
    "towers hedge wall; secret > hidden | door passage room place stair stairs; surprised > astonished; particular "
    "special; handsome > good-looking; difficult > hard; simple > plain | dress room food truth words meal; charming "
    "delightful; naked > bare | walls wall rock rocks hands arms tree trees branches; familiar > well- known | voice "
    "face sight place; extraordinary > remarkable; accursed cursed; unholy unhallowed; shunned > avoided; detestable "
    "hateful; abhorrent > hateful; unspeakable unutterable; inconceivable unimaginable; incredible unbelievable; "
    "fiendish devilish; demoniac > fiendish; cryptic > mysterious; grisly ghastly; horrid > horrible; malevolent "
    "malignant; ruddy reddish; odd > strange | thing fancy look man smile feeling story sound name fellow house "
    "dream; nameless > unnamed; asleep > sleeping | and in on; ill-fated unlucky; grieved > saddened; glad > pleased "
    "| that and; bedraggled > draggled; antiquated > old- fashioned; wicked > sinful | world man woman; drunken > "
    "tipsy; muddy miry; rocky > stony; stony rocky; leafless > bare; wintry > cold; starry > star-lit; moonlit "
    "moon-lit; treeless > bare; spacious roomy; roomy spacious; cosy snug; squalid > filthy; filthy > dirty; putrid > "
    "rotten; ruinous > ruined; dilapidated > ruined; tumbledown > ruined; untouched > unharmed; inhuman > cruel; "
    "unwilling > reluctant; reluctant unwilling; ceaseless endless; unending endless; undying immortal; mute dumb; "
    "speechless > dumb; hoarse > harsh | voice cry whisper; piercing > shrill | cry shriek scream; shrill > piercing "
    "| cry shriek scream whistle; drear > dreary; lurid > glaring; ebon > black; sable > black; snowy > white; "
    "silvery > silver; wan pale; livid > pale; sallow > yellowish; swarthy dusky; burly > sturdy; sturdy > strong; "
    "aimless purposeless; large > big; huge enormous immense; vast > immense huge; gigantic colossal; small little; "
    "tiny > small; aged > old; youthful > young; vile foul; strange > odd; singular > strange; peculiar > strange "
    "odd; queer > odd strange; bizarre > strange; terrible dreadful frightful; horrible dreadful; awful dreadful; "
    "hideous > horrible; ghastly > horrible; gloomy dismal; faint > dim | light glow glimmer shape outline star stars "
    "lamp lamps; dim > faint | light glow glimmer outline star stars lamp lamps; brilliant bright; gleaming shining; "
    "glittering sparkling; pallid pale; crimson scarlet; azure > blue; verdant > green; chilly > cold; frigid > cold; "
    "damp moist; dank damp; profound > deep; lofty > high; lengthy > long; brief > short; slender slim; massive > "
    "huge; powerful > strong; mighty > powerful; feeble weak; rapid swift; quick > swift; sudden abrupt; calm "
    "tranquil; peaceful > quiet tranquil; distinct > clear; indistinct vague; deserted > empty; vacant > empty; "
    "lonely solitary; remote distant; far-off distant; sorrowful sad; mournful melancholy; cheerful merry; weary "
    "tired; sleepy drowsy; lovely beautiful; foolish silly; insane mad; brave courageous; merciless pitiless; fierce "
    "ferocious; sacred holy; hidden concealed; mysterious > strange; eerie uncanny weird; spectral ghostly; eternal "
    "everlasting; endless interminable; infinite boundless; entire > whole; utter > complete; customary usual; "
    "uncommon unusual; marvellous wonderful; splendid magnificent; famous renowned; celebrated > famous; anxious "
    "uneasy; crooked > twisted; rugged rough; tattered ragged; mouldering crumbling; continual constant; incessant "
    "ceaseless; unceasing ceaseless; principal chief; various > different; numerous > many; sufficient > enough; "
    "abnormal unnatural; sinister ominous; loathsome repulsive; revolting disgusting; primeval primordial; unseen "
    "invisible; motionless immobile; lifeless > dead; grimy dirty; cautious careful; hasty hurried; alien foreign; "
    "dreary dismal; bleak dreary; gaunt > lean; agreeable pleasant; disagreeable unpleasant; unbearable intolerable; "
    "furtive stealthy; obvious evident; sluggish > slow; frightened > scared; stupendous > tremendous; tremendous > "
    "enormous; countless innumerable; dreamy > drowsy; soundless noiseless; silent > quiet; archaic > ancient; "
    "ancient > old; antique > old; unwholesome unhealthy; fragrant > sweet-smelling; malignant > evil; noxious > "
    "harmful; perilous dangerous; hazardous dangerous; obstinate stubborn; timid > shy; weird strange; unearthly > "
    "ghostly; monotonous > dull; tedious > wearisome; wearisome tiresome; hostile unfriendly; arrogant haughty; "
    "courteous polite; wretched miserable; hapless luckless; luckless unlucky; fatal deadly; sincere honest; earnest "
    "> serious; sombre gloomy; shadowy > dim; luminous > shining; radiant > shining; quaint > old-fashioned; desolate "
    "> deserted; barren > bare; fertile fruitful; gorgeous > splendid; exquisite > delicate; dingy > dirty; shabby > "
    "worn; superb splendid; vacant empty; frantic > frenzied; furious > raging; perpetual continual; prodigious "
    "enormous; diminutive > little small; subterranean underground; nocturnal > nightly; unceasing incessant; "
    "immortal > undying; vivid > bright; discomposed > disturbed; drowsy sleepy; suffocating stifling; immeasurable > "
    "boundless; dim-lit > dim; sensuous > sensual; elderly > old; heedless > careless; reckless > rash; needless "
    "unnecessary; useless > worthless; impatient > restless; old > ancient | house houses city cities town towns "
    "church temple wall walls tower towers castle gate gates book books tomb tombs bridge village legend legends tree "
    "trees forest road stone stones ruin ruins street streets gods world; old > aged | man men woman women servant "
    "priest king fisherman couple; high > lofty | tower towers mountain mountains wall walls ceiling hill hills peak "
    "peaks cliff cliffs window windows place dome roof; deep > profound | silence sleep sorrow grief gloom darkness "
    "impression; short > brief | time while visit interval moment space period silence pause distance speech; thick > "
    "dense | fog mist forest wood woods smoke darkness crowd vegetation foliage; dark > gloomy | room house wood "
    "forest corridor passage hall cellar alley street streets valley chamber; great > large | house stone stones room "
    "hall crowd tree trees window windows bird birds number city book door; great > vast | city hall plain forest "
    "desert ocean cavern temple; whole > entire; long > lengthy | letter speech report; fancied imagined; bright > "
    "brilliant | light star stars sunlight moonlight sun moon; narrow > cramped | room cell chamber; clear > limpid | "
    "water stream pool; empty > deserted | street streets house square road; strange > curious | thing things tale "
    "story man; beautiful > fair | city garden land; cold > chill | wind night air; cold > icy | wind water; soft > "
    "gentle | voice breeze wind; black > dark | water night shadow shadows; loud > noisy | crowd; poor > wretched | "
    "man woman creature; proud > haughty | face; awful > terrible; fearful > dreadful | sight noise thing; rare > "
    "uncommon; enough sufficient | time food money light; greater > larger | part number; nearest closest; strong > "
    "powerful | man men arm arms hand hands wind current voice; imaginary > fancied; tender > gentle; dire > "
    "dreadful; grotesque > strange; dainty > delicate; dense > thick; broad > wide | road street river valley plain "
    "avenue path field stairs staircase lawn; wide > broad | road street river valley plain avenue path field stairs "
    "staircase lawn; wealthy > rich; rich > wealthy | man men woman family merchant; grave > solemn | voice face "
    "look; wicked > evil; evil > wicked | man men woman spirit spirits king life deeds ways; curious > strange | "
    "thing things tale story sound sight fact look smell odour light figure carving carvings; contemptuous scornful; "
    "menacing threatening; rotting > decaying; surpassing > exceeding; twisting > winding; far > distant | places "
    "place land lands country countries city shore shores hills mountains; decaying > rotting; whispered > murmured | "
    "word words; hellish > infernal; infernal hellish; untold > countless | ages years centuries; queer > strange; "
    "hoary > ancient; venerable > aged; bland > mild; half-seen > dimly_seen; bluish > blue-grey | haze smoke; "
    "fearsome > fearful; deafening > ear-splitting; insatiable > unquenchable; unquenchable insatiable; relentless "
    "pitiless; inscrutable > mysterious; incomparable matchless; savage > cruel | wounds wound blow; ponderous > "
    "heavy; terrific > tremendous; gruesome grisly; stupid foolish; unhappy > sad | woman man child face; pretty > "
    "charming | girl face house room garden; ordinary > common | man men people; thin > slender | arms fingers hand "
    "hands stem waist; lonesome lonely; wooded > tree-clad; grassy > grass-grown; barred > bolted | door gate"
)
MANNERS = (
    "somewhat > rather; undoubtedly > certainly; surely > certainly; presently > soon; exactly precisely; especially "
    "particularly; thoroughly > completely; usually generally; truly really; absolutely utterly; lately recently; "
    "further farther; wholly > entirely; solely > only; likewise > also; thereupon > then; forthwith > at_once; "
    "straightway > at_once; anon > soon; yonder > over_there; maybe perhaps; perchance > perhaps; nonetheless "
    "nevertheless; furthermore moreover; moreover > besides; vainly > in_vain; queerly oddly; suddenly > abruptly; "
    "hitherto > until_then; unwittingly unknowingly; noiselessly silently; wonderfully marvellously; fervently "
    "ardently; dreamily drowsily; peculiarly singularly; monstrously hideously; boldly bravely; meekly humbly; "
    "haughtily proudly; savagely fiercely; accidentally > by_chance; purposely > on_purpose; daily > every_day | and; "
    "formerly > once; previously > before; unexpectedly > suddenly; laboriously > with_difficulty; clumsily "
    "awkwardly; awkwardly clumsily; craftily cunningly; serenely calmly; gruffly > roughly; harshly > roughly; "
    "quickly rapidly swiftly; hastily hurriedly; softly gently; silently noiselessly; soundlessly > silently; "
    "sorrowfully > sadly; mournfully > sadly; wildly > madly; carefully cautiously; anxiously uneasily; strangely "
    "oddly; curiously > strangely oddly; singularly > strangely; peculiarly > strangely; terribly dreadfully "
    "frightfully; horribly dreadfully; hideously > horribly; extremely exceedingly; utterly completely; totally "
    "wholly; altogether > entirely; scarcely hardly; barely > hardly; constantly continually; incessantly "
    "ceaselessly; sometimes > occasionally; occasionally > sometimes; plainly clearly; distinctly > clearly; vaguely "
    "dimly; deeply > profoundly; profoundly > deeply; brilliantly brightly; solemnly gravely; mutely dumbly; "
    "stealthily furtively; cheerfully merrily; endlessly interminably; enormously immensely; vastly immensely; "
    "lovingly tenderly fondly; thoughtfully pensively; evidently obviously; abruptly suddenly; frantically wildly; "
    "fiercely > savagely; tightly firmly; gladly > willingly; perpetually continually; eternally > forever; speedily "
    "> quickly; rarely > seldom; tranquilly > calmly; peacefully > quietly; drowsily sleepily; feebly weakly; faintly "
    "> dimly; uncertainly > doubtfully; doubtfully > uncertainly; greatly > much | moved surprised troubled disturbed "
    "changed altered; greatly > deeply | moved troubled disturbed; wickedly > evilly; ominously > threateningly; "
    "merely > only; immediately instantly; annually yearly; principally chiefly mainly; repeatedly > often; nightly > "
    "every_night; curiously oddly; unceasingly ceaselessly; cunningly > slyly; slyly cunningly; courteously politely; "
    "dumbly > mutely; indolently lazily; lazily indolently; sharply > keenly; shyly > bashfully; kindly > gently | "
    "and; rudely > roughly; instantly > at_once"
)
# Verbs by their bare form.
DEEDS = (
    "pass > go | through along down; walk > go | to into down up through along across past towards toward out; run > "
    "rush | to into; find > discover | that; want > wish | to; desire > want | to; live > dwell | in there among; "
    "receive > get | a an the his her; pause > stop; attempt try | to; cast > throw | a the his her it no any; "
    "glisten > gleam; toil labour; summon > call; chase pursue; appear > seem | to; remain stay | in at there with "
    "here behind on; dare venture | to; strive > try | to; shut close | the his her my its their; yearn > long | for "
    "to; mourn > grieve | for over; chuckle > laugh; giggle > laugh; wail > cry; bellow > roar; bawl > shout; beckon "
    "> sign | to; swear > vow | that to; hunt > search | for; cherish > treasure; honour > respect | the his her; "
    "revere > worship; stifle > smother; smother stifle; strangle throttle; quench > put_out; kindle > light; scorch "
    "> burn; soak > drench; drench soak; moisten > wet; trickle > run | down; gush > pour | out from; bestow > give; "
    "grant > give | him her them me us; quicken > hasten; slacken > slow; crouch > squat; squat > crouch; stoop bend "
    "| over down; kneel > bend | over; stumble > trip | over; rove > roam; ramble > wander; stride > walk | to into "
    "across; trudge plod; plod trudge; march > walk | to into; scurry > hurry; scamper > run; inform > tell | him her "
    "them me us; disturb > trouble | him her them me us; oppress > burden; intend > mean | to; plan > intend | to; "
    "gain > reach | the; attain > reach | the; perceive > see | the a an his her that; assemble > gather; congregate "
    "> gather; disperse > scatter; scatter > disperse; demand > ask; crumble > decay; moulder > decay; rot > decay; "
    "sob > weep; sprinkle > scatter; strew > scatter; pluck > pick; commence start | to; depart > go | from; vanish > "
    "fade | into from; sink > go_down | into; stroll saunter; wander roam; hurry hasten; ascend climb | the a an his "
    "her those these; complete > finish; dwell > live | in at there among beneath; gaze > look; look > gaze | at upon "
    "into up down out about; stare gaze | at into; behold > see; perceive > notice; observe > notice | that the how a "
    "an his her; speak talk | of about; shriek scream; whisper > murmur; comprehend > understand; recollect > "
    "remember recall; decide resolve determine | to; assist > help; obtain > get; acquire > obtain; carry > bear; "
    "fetch > bring; place > put; shatter smash; construct build; erect build; demolish > destroy; slay > kill; perish "
    "> die; vanish disappear; happen occur; reveal disclose; conceal hide; surround encircle; pursue > follow; guide "
    "> lead; discover > find | that the a an his her; search > look | for; seek > search_for; select > choose; awake "
    "> wake; awaken > wake; weep > cry; tremble > shake; shudder shiver; gleam shine; glitter sparkle; diminish "
    "lessen; leap jump; spring > leap; dread fear; detest hate; loathe hate; scorn despise; permit allow; command "
    "order | him her them me us his; implore beg; entreat beg; beseech > beg; refuse decline | to; consent agree | "
    "to; require > need; employ > use; utilise > use; await > wait_for; encounter > meet; rescue save | him her them "
    "me us; capture > catch; thrust > push; hurl fling; throw fling | it him her them the his; purchase buy; endure > "
    "bear; split divide; confess admit; approach > draw_near | the; traverse > cross; cross > traverse | the a his; "
    "creep > crawl; stagger totter; glance > look; peer > look; inspect examine; adorn decorate; resemble > "
    "look_like; contain > hold | the a an some his her; moan groan; mutter mumble; pant > gasp; squirm writhe; drift "
    "float; punctuate > interrupt; recount > relate; proclaim > announce; inquire > ask; exclaim > cry; reply answer; "
    "wither > fade; linger > stay; tarry > stay; depart > leave; quit > leave | the; arrive > come | at in; reach > "
    "come_to | the; enter > go_into | the his her my our their; commence > begin; descend > go_down | the to into; "
    "return > go_back | to; return > come_back | to from; resume > go_on_with; seize grasp | the his her my it; "
    "clutch > grasp; grip > clutch; suppose > think | that he she it they I we; believe > think | that he she it they "
    "I we; fancy > imagine | that he she it they I we; loom > tower; terrify frighten; startle > frighten; vex annoy; "
    "irritate annoy; torment torture; delight > please; astonish amaze; bewilder > perplex; perplex puzzle; deceive > "
    "mislead; conquer > defeat; vanquish > defeat; illuminate > light; extinguish > put_out; ignite > light; elect > "
    "choose; forsake abandon; desert > abandon | him her them the his; prolong > lengthen; hesitate > pause; glide > "
    "slide; slither > slide; plunge > dive | into; sway > swing; totter > stagger; hover > float; chat > talk; "
    "converse > talk; slumber > sleep; doze > sleep; devour > eat; inhabit > live_in; journey travel; voyage > sail; "
    "roam wander; seem > appear | !like as that a an the so if but and only hours years ages possible; support > "
    "uphold | the a his her; sway > rock; proceed > go | to along down up; retreat > withdraw; retire > withdraw | to "
    "from; disclose reveal; mention > speak_of; recall > remember; contemplate > consider; ponder > consider; scan > "
    "examine; survey > look_over; discern > make_out; detect > notice; grin > smile; haul drag; tug > pull; drag > "
    "pull; hoist > lift; sever > cut; shake > tremble | !the his her my their its it him them a hands off out up me "
    "us hand from one; cease > stop | !to; remember > recall | !to that with me; recollect > remember; alter > "
    "change; change > alter | !his her my their into places place clothes colour hands to from for; lift > raise; "
    "raise > lift | his her my their; collect > gather; rush > dash | to into out past across; dash > rush | to into "
    "out past across; bind > tie; relate > tell | !to; possess > own | a an the no many; withdraw > retreat | to into "
    "from; resound > echo; advance > go_forward | to towards; quiver > tremble; halt > stop; relish > enjoy; tint > "
    "tinge; grasp > seize | the his her my it; attack > assail | the him her them us; assail attack; guard > protect "
    "| the him her them us; protect > guard | the his her; trouble > worry | him her me them; hail > greet; greet > "
    "welcome | him her them us me; welcome > greet | him her them us me; praise > commend; mock > jeer_at | him her "
    "them me us; surprise > astonish | him her me them us; comfort console; console comfort; soothe calm; calm > "
    "soothe | him her me them the; persuade > induce | him her them me us; compel force; force compel | him her them "
    "me us; oblige > compel | him her them me us; warn > caution | him her them me us; accompany > go_with | him her "
    "them me us; escort > accompany; argue > dispute | with about; perform > carry_out | the his her a; accomplish "
    "achieve; achieve accomplish; execute > carry_out | the his her; fashion > shape; mould > shape; engrave > carve; "
    "banish > drive_out; expel > drive_out; dismiss > send_away | him her them the his; release > set_free | him her "
    "them me us the; liberate > set_free; imprison > lock_up; penetrate > pierce | the his; pierce > penetrate | the; "
    "invade > enter | the; quit > leave; squander > waste; waste > squander | his her the; own > possess | a the no; "
    "suffer > endure | the a no; thrive flourish; flourish > thrive; decline > refuse | to; boast > brag | of; "
    "whimper > moan; snarl > growl; growl snarl; chant > sing; sip > drink; sniff > smell; peep > peer | into through "
    "out over; glimpse > see; spy > see | a the; note > notice | that the how; mark > notice | that how; float > "
    "drift | on down along through over; soar > fly; wheel > circle | round over; revolve > turn; rotate revolve; "
    "whirl > spin; tumble > fall | down into from off; topple > fall | over; drop > fall | from to into on; ooze > "
    "seep | from through; seep > ooze | from through; spurt > gush | from; swarm > throng | in into; throng > crowd | "
    "the into; huddle > crowd | together; cluster > gather | about round"
)
RELATIONS = (
    "near > close_to; among > amid; throughout > all_through; around round; below beneath; beneath > under; above > "
    "over; beyond > past; beside > next_to; upon > on; within > inside; inside > within; amid > among; amidst > amid; "
    "across > over; concerning > about; despite > in_spite_of; towards toward; till until; alongside > beside"
)
# These where what follows is a place alone.
PLACED = (
    "in > inside within | vault room house tomb castle church temple cave cavern walls chamber tower hut cabin box "
    "chest coffin cell prison cellar building palace gate; on > upon | table floor ground roof hill hills bed bench "
    "chair shore rock rocks wall threshold sea river water waters sand grass stone stones throne bridge face head "
    "shoulder breast forehead brow knee knees pillow steps stairs bank pavement deck hearth; before > in_front_of | "
    "door house gate fire altar mirror window church temple throne; about > around | room house neck table garden "
    "waist town city; under > beneath | !influence care name names impression command circumstances rule spell power "
    "orders order pretence protection title weight eyes control conditions guidance"
)
IRREGULAR = (
    "arise arose arisen; awake awoke awoken; bear bore borne; begin began begun; behold beheld beheld; bend bent "
    "bent; beseech besought besought; bind bound bound; bring brought brought; build built built; burn burned burned; "
    "buy bought bought; cast cast cast; catch caught caught; choose chose chosen; come came come; creep crept crept; "
    "cut cut cut; draw drew drawn; drink drank drunk; drive drove driven; dwell dwelt dwelt; eat ate eaten; fall fell "
    "fallen; find found found; fling flung flung; fly flew flown; forsake forsook forsaken; get got got; give gave "
    "given; go went gone; hide hid hidden; hold held held; kneel knelt knelt; lead led led; leap leaped leaped; leave "
    "left left; light lit lit; long longed longed; make made made; mean meant meant; meet met met; mislead misled "
    "misled; pick picked picked; put put put; run ran run; see saw seen; seek sought sought; send sent sent; set set "
    "set; shake shook shaken; shine shone shone; shut shut shut; sing sang sung; sink sank sunk; slay slew slain; "
    "sleep slept slept; slide slid slid; slow slowed slowed; speak spoke spoken; spin spun spun; split split split; "
    "spring sprang sprung; strew strewed strewn; stride strode stridden; strive strove striven; swear swore sworn; "
    "swing swung swung; tell told told; think thought thought; throw threw thrown; thrust thrust thrust; understand "
    "understood understood; uphold upheld upheld; wake woke woken; weep wept wept; wet wet wet; withdraw withdrew "
    "withdrawn"
)
"""Verbs, their pasts, and what "had" wants of them."""
_SEASON = "(spring|summer|autumn|winter)"
_MATERIAL = "(stone|marble|granite|iron|brick|oak|bronze|ivory|crystal|silver|gold|copper|steel|glass)"
_MADE = (
    "((?:altar|arch|ball|bar|bell|bench|block|box|bridge|chain|chest|column|cross|cup|door|gate|house|pillar|ring|slab|stair|"
    "statue|step|sword|table|throne|tower|wall)(?:e?s)?)"
)
# Where in a part one turn of words may stand for another: what it is, what takes its place, in what sentence it stays.
INSTEAD: tuple[tuple[str, ...], ...] = (
    (rf"{_SEASON} (morning|afternoon|evening|night|day)(?! [a-z]+(?:s|ed)\b)", r"\2 in \1"),
    (rf"{_MATERIAL} {_MADE}", r"\2 of \1"),
    (r"by mistake", "in error"),
    (r"went away(?=[.,;!?]|$)", "departed"),
    (r"gave a (cry|groan|moan|scream|shout|shriek|sigh|sob|yell)", r"uttered a \1"),
    (r"uttered a (cry|groan|moan|scream|shout|shriek|sigh|sob|yell)", r"gave a \1"),
    (r"full of(?= [a-z])", "filled with", r"\bfull of (?:himself|herself|myself|years)\b"),
    (r"(are|be|been|is|was|were) filled with", r"\1 full of"),
    (r"soon(?=[.,;!?]|$)", "before long"),
    (r"(?<=\ba )rather(?= [a-z])", "somewhat"),
    (r"(was|were) rather(?= (?!than\b|a\b|an\b|the\b|like\b)[a-z])", r"\1 somewhat"),
    (r"laid(?= (?:his|her|my|their) hands?\b)", "placed"),
    (r"in a ([a-z]+) tone", r"in a \1 voice"),
    (r"in a ([a-z]+) voice", r"in a \1 tone"),
    (r"(was|were) seated", r"\1 sitting"),
    (r"(was|were) sitting", r"\1 seated"),
    (
        r"no doubt(?! (?:of|about|that|as|in|on)\b)",
        "doubtless",
        r"\b(?:is|was|be|been|had|have|has|make|made) no doubt",
    ),
    (r"doubtless", "no doubt"),
    (r"aware of", "conscious of"),
    (r"conscious of", "aware of"),
    (r"(was|were) asleep", r"\1 sleeping"),
    (r"a couple of", "two"),
    (r"accustomed to(?= (?:the|his|her|it|this|that|such|my|their|[a-z]+ing)\b)", "used to"),
    (r"gained(?= the (?:shore|top|summit|door|street|road|bank|beach|deck|house)\b)", "reached"),
    (r"(is|are|be|been|was|were|it) difficult(?= to\b)", r"\1 hard"),
    (r"(is|are|be|been|was|were) hard(?= to [a-z])", r"\1 difficult"),
    (r"afraid of", "frightened of"),
    (r"paid a visit to", "visited"),
    (r"the other side", "the far side"),
    (r"the far side", "the other side"),
    (r"on either side", "on both sides"),
    (r"on both sides", "on either side"),
    (
        r"all (the|his|her|my|our|their|these|those)(?= (?!day|days|night|nights|time|way|while|year|years|more|world)"
        r"(?:[a-z]+ )?[a-z]+s\b)",
        r"all of \1",
    ),
    (r"all of (the|his|her|my|our|their|these|those)(?= [a-z]+s\b)", r"all \1"),
    (r"both of (the|his|her|my|our|their|these|those)", r"both \1"),
    (r"both(?= (?:the|his|her|my|our|their|these|those) [a-z]+s\b)", "both of"),
    (r"most of the", "the greater part of the"),
    (r"the greater part of(?= (?:the|his|her|my|our|their|this|that) )", "most of"),
    (r"the rest of(?= (?:the|his|her|my|our|their|this|that) )", "the remainder of"),
    (r"the remainder of(?= (?:the|his|her|my|our|their|this|that) )", "the rest of"),
    (r"a number of", "several"),
    (r"several(?= [a-z]+s\b)", "a number of"),
    (r"a great many", "very many"),
    (r"a great deal of", "much"),
    (r"came to(?= (?:the|a|an) (?!aid|conclusion|end|fore|halt|help|point|rescue|stop|surface)[a-z])", "reached"),
    (r"reached(?= (?:the|a|an) [a-z]+\b)", "came to"),
    (r"arrived at", "reached"),
    (r"looked like", "resembled"),
    (r"looked for(?= (?:the|a|an|his|her|my|some|him|them|it)\b)", "searched for"),
    (r"lit(?= by\b)", "illuminated"),
    (r"lighted(?= by\b)", "illuminated"),
    (r"in (this|that|the same|such a) ((?:[a-z]+ )?)manner", r"in \1 \2way"),
    (r"in a ([a-z]+) manner", r"in a \1 way"),
    (r"in (this|that|the same) ((?:[a-z]+ )?)way", r"in \1 \2manner"),
    (r"close to(?= (?:the|a|an|his|her|my|our|their|its|this|that) )", "near"),
    (r"in front of(?= (?:the|his|her|my|our|their) (?:altar|door|fire|gate|house|mirror|window)\b)", "before"),
    (r"in the midst of", "in the middle of"),
    (r"in the middle of(?= (?:the|a|an|his|her|this|that) (?!night|week|month|day|year)[a-z])", "in the midst of"),
    (r"by the side of", "beside"),
    (r"at length", "at last"),
    (r"at last(?=[.,;!?]|$)", "at length"),
    (r"long ago", "a long time ago", r"(?:very|so|too|not|how) long ago|long ago (?:as|that)"),
    (r"a long time ago", "long ago"),
    (r"again and again", "over and over"),
    (r"over and over(?! again)", "again and again"),
    (r"over and over again", "again and again"),
    (r"of course", "naturally"),
    (r"for ever", "forever"),
    (r"in vain(?=[.,;!?]|$)", "to no purpose"),
    (r"together with", "along with"),
    (r"along with", "together with"),
    (r"ere(?= (?:I|he|she|it|we|they|you|the|his|her|my) )", "before"),
    (r"betwixt", "between"),
    (r"unto", "to"),
    (r"thither", "there"),
    (r"wherein", "in which"),
    (r"whereon", "on which"),
    (r"whereof", "of which"),
    (r"in which(?= (?:I|he|she|we|they) (?:lived|dwelt|slept|stood|sat|lay|had) )", "where"),
    (r"((?:up|down) the (?:[a-z-]+ )?)steps", r"\1stairs"),
    (r"((?:up|down) the (?:[a-z-]+ )?)stairs", r"\1steps"),
    (r"with (?:great )?care(?=[.,;!?]|$)", "carefully"),
    (r"in haste(?=[.,;!?]|$)", "hastily"),
    (r"in secret(?=[.,;!?]|$)", "secretly"),
    (r"without difficulty", "easily"),
    (r"without effort", "effortlessly"),
    (r"with one accord", "all together"),
    (
        r"(?<=[a-z] )as(?= (?:he|she|they|we|I) (?:climbed|examined|listened|lay|looked|passed|ran|rode|sailed|sat|"
        r"spoke|stood|waited|walked|watched|went|worked)\b)",
        "while",
        r"\b(?:as|so|such|same|just|even|far|long|much|soon|well) (?:\w+ )?as\b",
    ),
    (
        r"(?<![,;:] )(?<!\bof )(?<!\bin )(?<!\bto )(?<!\bby )(?<!\bfor )(?<!\bwith )(?<!\bfrom )"
        r"(?<!\bupon )(?<!\bon )(?<!\bat )"
        r"(?<=[a-z] )which(?= (?:had|was|were|he|she|they|we|I|seemed|came|stood|lay|led) )",
        "that",
        r"\b(?:know|knew|tell|told|see|saw|say|said|sure|wonder\w*|and|but|or|than) which\b",
    ),
    (r"all sorts of", "all kinds of"),
    (r"all kinds of", "all sorts of"),
    (r"no more than", "only"),
    (r"at that (?:moment|instant)", "just then"),
    (r"just then", "at that moment"),
    (r"at (?:this|that) time", "then"),
    (r"on every side", "on all sides"),
    (r"on all sides", "on every side"),
    (r"for a moment", "for an instant"),
    (r"for an instant", "for a moment"),
    (r"half an hour", "thirty minutes"),
    (r"was able to", "could"),
    (
        r"(?:was|were) accustomed to(?= [a-z]+\b)",
        "used to",
        r"accustomed to (?:the|his|her|it|this|that|such|my|their|\w+ing)\b",
    ),
    (r"was obliged to", "had to"),
    (r"were obliged to", "had to"),
    (r"was forced to", "had to"),
    (r"were forced to", "had to"),
    (r"was compelled to", "was forced to"),
    (r"had no wish to", "did not want to"),
    (r"made up (?:his|her|my) mind to", "decided to"),
    (r"made (his|her|my|our|their) way(?= (?:to|into|through|down|up|along)\b)", "went"),
    (r"burst into tears", "began to weep"),
    (r"took hold of", "seized"),
    (r"caught sight of", "saw"),
    (r"cast a glance at", "glanced at"),
    (r"threw a glance at", "glanced at"),
    (r"gave a start", "started"),
    (r"took no notice of", "paid no attention to"),
    (r"paid no attention to", "took no notice of"),
    (r"paid no heed to", "paid no attention to"),
    (r"nodded (?:his|her) head", "nodded"),
    (r"fell asleep", "went to sleep"),
    (r"went to sleep", "fell asleep"),
)
