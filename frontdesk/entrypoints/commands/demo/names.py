"""Names people in the region bear, commonest first; "_" stands for a space. The order gives the weight.

Given names are by era of birth, because a waiting room of 2026 holds Dorothys, Lindas, Jennifers and Emmas at once.
"""

from frontdesk.entrypoints.commands.demo.draw import listed

ERAS = (1946, 1965, 1981, 1997, 2013)
"""The first years of the second to the sixth era."""

ENGLISH_LAST = listed("""
Smith Johnson Williams Brown Jones Davis Miller Wilson Moore Taylor Anderson Thomas Jackson White Harris Martin
Thompson Robinson Clark Lewis Lee Walker Hall Allen Young King Wright Scott Green Baker Adams Nelson Hill Campbell
Mitchell Roberts Carter Phillips Evans Turner Parker Collins Edwards Stewart Morris Murphy Cook Rogers Morgan Cooper
Peterson Reed Bailey Kelly Howard Ward Cox Richardson Wood Watson Brooks Bennett Gray James Hughes Price Myers Long
Foster Sanders Ross Powell Sullivan Russell Fisher Henderson Cole West Jordan Reynolds Hamilton Graham Wallace Woods
Cole Bryant Ellis Stevens Gibson McDonald Marshall Murray Freeman Wells Webb Simpson Stone Tucker Porter Hunter Hicks
Crawford Henry Boyd Mason Kennedy Warren Dixon Burns Gordon Shaw Holmes Rice Robertson Hunt Black Daniels Palmer Mills
Nichols Grant Knight Ferguson Rose Hawkins Dunn Perkins Hudson Spencer Gardner Stephens Payne Pierce Berry Matthews
Arnold Wagner Willis Ray Watkins Olson Carroll Duncan Snyder Hart Cunningham Bradley Lane Andrews Harper Fox Riley
Armstrong Carpenter Weaver Greene Lawrence Elliott Sims Austin Peters Kelley Franklin Lawson Fields Ryan Schmidt Carr
Wheeler Chapman Oliver Montgomery Richards Williamson Johnston Banks Meyer Bishop McCoy Howell Morrison Hansen Harvey
Little Burton Stanley George Jacobs Reid Fuller Lynch Dean Gilbert Garrett Welch Larson Frazier Burke Hanson Day
Moreno Bowman Fowler Brewer Hoffman Carlson Pearson Holland Douglas Fleming Jensen Byrd Davidson Hopkins May Terry
Walters Curtis Neal Caldwell Lowe Jennings Barnett Graves Craig Horton Fletcher Steele Sutton Barker Newman Cummings
""")

IRISH_LAST = listed("""
O'Brien Sullivan Murphy O'Connor Kelly O'Neil Fitzgerald McCarthy Walsh Shea O'Leary Moriarty Lynch Moynihan Kennedy
Griffin Foley Mahoney O'Donnell Donovan Callahan Sheehan Quinn Dowd Hurley Connelly Flanagan Boyle McMahon McGrath
O'Keefe Doherty Garvey Reardon Scanlon Ashe Curran Brennan Devine Kane Manning Nolan Keane Begley O'Malley McDonough
""")

FRENCH_LAST = listed("""
Roy Fournier Gagnon Lavoie Boucher Bouchard Pelletier Cote Tremblay LaFleur Beaulieu Girard Benoit Desrosiers Gauthier
LeBlanc Boisvert Lapointe Charest St._Pierre St._Onge Duquette Labonte Lussier Provost Rivest Racine Chartier Fontaine
Archambault Langevin Gendron Daigle Theroux Moreau Demers Laroche Guertin Belanger Cloutier LaPlante Courchesne Lamothe
""")

POLISH_LAST = listed("""
Nowak Kowalski Wojcik Kaczmarek Zielinski Szymanski Wisniewski Lewandowski Jablonski Krol Dudek Sadowski Baran Pytel
Godek Kosciolek Moskal Zajac Czarniecki Sikorski Kozlowski Bielski Wrona Jasinski Szlachetka Gwozdz Mazur Pietrzyk
""")

RUSSIAN_LAST = listed("""
Ivanov Petrov Kovalenko Shevchenko Bondarenko Melnyk Tkachenko Kravchenko Boyko Savchenko Kuznetsov Popov Sokolov
Lysenko Marchenko Rudenko Moroz Volkov Tarasov Belov Gritsenko Ponomarenko Yurchenko Kuzmenko Zaytsev Fedorov
""")

ITALIAN_LAST = listed("""
Rossi D'Amour D'Angelo Santaniello Calabrese DeLuca Basile Ferrari Grimaldi Napolitano Scibelli Bruno Pellegrino DiPietro
Russo Sarno Albano LoRusso Cardaropoli Maggi Mancini Fusco Frisone Capuano Serra Marinello Circosta Manzi Vecchio Polito
""")

SPANISH_LAST = listed("""
Rivera Santiago Torres Rodríguez Colón Ortiz Cruz Vázquez González Díaz Rosario Pérez Ramos Sánchez Ramírez Morales
Rosado Figueroa Reyes Hernández López Martínez García Flores Vega Maldonado Santos Nieves Medina Feliciano Burgos
Cintrón Alicea Arroyo Báez Acevedo Aponte Marrero Molina Muñoz Núñez Peña Quiñones Soto Vélez Robles Román Serrano
De_Jesús De_León Del_Valle De_la_Cruz La_Torre Lebrón Lugo Matos Meléndez Mercado Miranda Montañez Negrón Ocasio
Otero Pabón Pacheco Padilla Pagán Rolón Ruiz Salgado Suárez Toro Valentín Zayas Ayala Bonilla Caraballo Carrasquillo
Castro Collazo Correa Dávila Delgado Fernández Fontánez Fuentes Guzmán Irizarry Jiménez Laboy Laureano Ledesma
""")

PORTUGUESE_LAST = listed("""
Silva Santos Pereira Ferreira Almeida Costa Rodrigues Martins Gonçalves Carvalho Teixeira Lopes Sousa Fernandes Ribeiro
Barbosa Dias Nunes Chelo Carvalhais Simões Conceição Magalhães Furtado Goncalves Cardoso Baptista Salvador Pires Couto
""")

VIETNAMESE_LAST = listed(
    "Nguyen Tran Le Pham Huynh Phan Vu Vo Dang Bui Do Ho Ngo Duong Ly Trinh Dinh Doan Mai Lam Cao"
)
CHINESE_LAST = listed(
    "Wang Li Zhang Liu Chen Yang Huang Wu Zhou Xu Lin Sun Zhu Gao Guo He Chan Wong Leung Chung Ng"
)
INDIAN_LAST = listed("""
Patel Shah Singh Sharma Kumar Gupta Desai Mehta Reddy Rao Joshi Iyer Nair Amin Bhatt Parikh Kapoor Agarwal Chaudhary
""")
ARABIC_LAST = listed(
    "Haddad Khoury Hassan Ahmed Ali Ibrahim Mansour Saleh Al-Masri El-Amin Nasser Hamdan Abdi Warsame"
)

STEMS = listed("""
Ash Black Brad Bright Burl Clay Crom Dal Den East Edge Ell Fair Far Fen Flint Glad Gold Grey Hal Ham Hart Hather Hay
Hazel Hol Hunt Kel Ken King Lang Lark Lin Long Lynd Marl Mel Mer Mil Nor Oak Pem Pen Quin Rad Red Ridge Rock Roth Row
Shel Stan Stock Strat Sun Swan Thorn Til Tren Wake Wal War Wel Wes Whit Wick Wil Win Wood Wyn Yard
""")
ENDINGS = listed("""
ton ley field ford worth wood man well son bury ham by more ridge brook land lock berg stein er wick more ins ston den
""")
"""Stems and endings make the long tail: most people in a large practice bear a name few others do."""

MALE = (
    """Robert John William James Charles George Joseph Richard Edward Donald Thomas Frank Harold Paul Raymond Walter
    Henry Jack Albert Arthur Kenneth Ralph Eugene Howard Carl Louis Clarence Earl Roy Fred Stanley Leonard Francis
    Norman Anthony Lawrence Gerald Ernest Alfred Herbert Theodore Edmund Roland Armand""",
    """James Michael Robert John David William Richard Thomas Mark Charles Steven Gary Joseph Donald Ronald Kenneth
    Paul Larry Daniel Stephen Dennis Timothy Edward Jeffrey George Gregory Kevin Douglas Terry Anthony Jerry Bruce
    Randy Brian Frank Scott Roger Raymond Peter Patrick Keith Lawrence Wayne Danny Alan Glenn Dale Neil""",
    """Michael David John James Robert William Mark Richard Christopher Jeffrey Brian Scott Steven Thomas Timothy
    Joseph Kevin Daniel Eric Jason Matthew Anthony Paul Charles Kenneth Stephen Gregory Todd Patrick Edward Chad Sean
    Andrew Shawn Keith Craig Peter Donald Jonathan Derek Ronald Aaron Marc Raymond Troy Bryan Adam Joel""",
    """Michael Christopher Matthew Joshua Andrew Daniel David Justin Ryan James John Robert Joseph Nicholas Brandon
    Anthony Jonathan William Kyle Tyler Kevin Eric Zachary Steven Thomas Brian Adam Timothy Benjamin Jeremy Alexander
    Jacob Sean Patrick Jordan Cody Mark Nathan Travis Dustin Jesse Samuel Derek Ian Trevor Connor Evan Luke""",
    """Jacob Michael Matthew Joshua Christopher Nicholas Andrew Daniel Tyler Joseph Ethan Anthony William Alexander
    Ryan David John Zachary James Benjamin Brandon Dylan Logan Noah Christian Jonathan Samuel Nathan Austin Caleb Jack
    Mason Lucas Gavin Aidan Connor Owen Evan Isaac Luke Cameron Jackson Hunter Elijah Liam Cole Ian Brayden""",
    """Liam Noah Oliver William Elijah James Benjamin Lucas Henry Mason Ethan Jacob Logan Alexander Michael Jackson
    Owen Samuel Jack Levi Wyatt Daniel Carter Theodore Sebastian Luke Isaac Hudson Grayson Jayden Lincoln Julian Leo
    Ezra Nolan Hunter Asher Easton Cameron Jaxon Miles Bennett Silas Wesley Axel Everett Rowan Beckett""",
)
FEMALE = (
    """Mary Dorothy Betty Barbara Shirley Patricia Margaret Helen Ruth Virginia Jean Frances Nancy Joan Evelyn Alice
    Doris Marie Lois Marjorie Irene Eleanor Martha Carol Gloria Florence Theresa Elizabeth Rose Phyllis Beverly Janet
    Catherine Anne Louise Lucille Pauline Jeanne Rita Claire Jacqueline Norma Constance Cecile""",
    """Mary Linda Patricia Susan Deborah Barbara Nancy Karen Donna Carol Sandra Sharon Pamela Cynthia Kathleen Diane
    Brenda Janet Elizabeth Margaret Judith Cheryl Debra Janice Carolyn Christine Judy Kathy Catherine Joyce Theresa
    Denise Beverly Gail Maureen Marilyn Paula Joanne Ann Jane Ellen Rebecca Gloria Eileen Laurie Rose Lynn Peggy""",
    """Lisa Jennifer Kimberly Michelle Amy Angela Melissa Mary Tammy Laura Susan Julie Karen Christine Elizabeth
    Patricia Heather Kelly Tina Stephanie Maria Dawn Nicole Cynthia Jessica Amanda Rebecca Sandra Rachel Denise Wendy
    Tracy Teresa Stacy Andrea Deborah Robin Linda Pamela Kristin Donna April Tara Erin Shannon Cheryl Jill Sarah""",
    """Jessica Ashley Amanda Sarah Jennifer Stephanie Nicole Elizabeth Brittany Megan Samantha Melissa Emily Rachel
    Lauren Danielle Heather Michelle Amber Kayla Christina Rebecca Kelly Courtney Laura Amy Kimberly Tiffany Allison
    Katherine Victoria Alexandra Erin Andrea Vanessa Crystal Jamie Erica Sara Kristen Mary Lindsey Caitlin Molly""",
    """Emily Emma Madison Hannah Ashley Abigail Samantha Olivia Alexis Sarah Elizabeth Isabella Grace Taylor Alyssa
    Lauren Kayla Brianna Victoria Sophia Natalie Chloe Ava Rachel Jessica Ella Mia Hailey Jasmine Julia Sydney Morgan
    Destiny Rebecca Megan Katherine Anna Lily Haley Savannah Mackenzie Addison Zoe Paige Avery Leah Kylie Faith""",
    """Olivia Emma Ava Charlotte Sophia Isabella Amelia Mia Evelyn Harper Abigail Emily Ella Avery Scarlett Grace
    Chloe Lily Aria Nora Hazel Zoey Riley Ellie Penelope Layla Aubrey Hannah Violet Stella Lucy Leah Savannah Audrey
    Brooklyn Claire Skylar Paisley Naomi Ivy Maya Alice Quinn Ruby Eliana Josephine Willow Isla Eleanor""",
)
SPANISH_MALE = (
    """José Luis Carlos Juan Ángel Miguel Rafael Héctor Ramón Pedro Jorge Víctor Efraín Wilfredo Edwin Ismael Félix
    Roberto Orlando Julio Francisco Gilberto Santos Heriberto Nelson Manuel Radamés Osvaldo Israel Raúl Domingo""",
    """Luis José Ángel Jonathan Carlos Juan Javier Christian Xavier Alexis Gabriel Omar Joel Anthony Emanuel Kevin
    Adrián Jesús Héctor Edgardo Nelson Iván Samuel Eliezer Joshua Julián Diego Jayden Mateo Elías Santiago Ian Sebastián""",
)
SPANISH_FEMALE = (
    """María Carmen Ana Luz Rosa Milagros Iris Gloria Migdalia Awilda Elba Nilda Zoraida Wanda Evelyn Norma Sonia Nydia
    Ramona Altagracia Aida Margarita Blanca Juana Teresa Miriam Haydée Minerva Lydia Esther Gladys Digna""",
    """María Yolanda Maribel Yesenia Jessica Glorimar Marisol Nicole Damaris Ivelisse Keila Stephanie Yaritza Zuleyka
    Kiara Génesis Alondra Valeria Camila Sofía Isabella Nayeli Mía Amaia Luna Jazmín Naomi Alanis Mariángelie Lucía""",
)
BLACK_MALE = listed("""
Darnell Andre Tyrone Terrence Marcus Jamal Malik Isaiah Xavier Jalen Elijah Amari Josiah Zion Kareem Reginald Curtis
Maurice Demetrius DeShawn Khalil Jeremiah Tremaine Lamar Cedric Clifton Winston Desmond Omari Kofi Kwame
""")
BLACK_FEMALE = listed("""
Latoya Keisha Tanya Monique Ebony Imani Aaliyah Nia Kiara Jada Tiana Destiny Shanice Yolanda Denise Gwendolyn Zuri
Amara Nevaeh Janae Danielle Tamika LaShawn Patrice Rochelle Bernice Ernestine Makayla Serenity Ayanna Akosua
""")
EASTERN_MALE = listed("""
Andrzej Piotr Krzysztof Stanisław Sergey Vladimir Aleksandr Ivan Viktor Dmitri Oleg Andrey Mikhail Pavel Yuriy Bohdan
Vasyl Petro Roman Denis Maksim Artem Daniil Timofey Mark David
""")
EASTERN_FEMALE = listed("""
Anna Maria Katarzyna Małgorzata Olga Tatyana Svetlana Natalya Lyudmila Irina Galina Valentina Oksana Yelena Nadia Vera
Larisa Zoya Daria Alina Yana Sofiya Polina Milana Eva Kateryna
""")
ASIAN_MALE = listed("""
Minh Tuan Hung Duc Thanh Long Anh Wei Jun Ming Jian Kevin David Raj Amit Sanjay Vikram Rohan Arjun Nikhil Hiren Dev
Andrew Jason Daniel Vincent Ethan Aiden Ryan Brandon
""")
ASIAN_FEMALE = listed("""
Lan Mai Linh Huong Thuy Hoa Kim Mei Ying Xiu Jing Li Hui Priya Anjali Sunita Kavita Neha Asha Pooja Meera Riya Emily
Jennifer Michelle Tiffany Angela Chloe Grace Sophia
""")
ARABIC_MALE = listed(
    "Mohammed Ahmad Omar Ali Hassan Ibrahim Yusuf Khalid Samir Tariq Abdi Karim Elias George Bilal"
)
ARABIC_FEMALE = listed(
    "Fatima Amina Layla Mariam Noor Zahra Hana Samira Rania Yasmin Halima Salma Nadia Rima Dalia"
)

NICKNAMES = {
    "Robert": "Bob", "William": "Bill", "James": "Jim", "John": "Jack", "Richard": "Dick", "Charles": "Chuck",
    "Edward": "Ed", "Thomas": "Tom", "Joseph": "Joe", "Michael": "Mike", "David": "Dave", "Daniel": "Dan",
    "Kenneth": "Ken", "Ronald": "Ron", "Donald": "Don", "Steven": "Steve", "Stephen": "Steve", "Gregory": "Greg",
    "Jeffrey": "Jeff", "Timothy": "Tim", "Anthony": "Tony", "Christopher": "Chris", "Matthew": "Matt", "Andrew": "Drew",
    "Joshua": "Josh", "Nicholas": "Nick", "Benjamin": "Ben", "Alexander": "Alex", "Jonathan": "Jon", "Samuel": "Sam",
    "Zachary": "Zach", "Jacob": "Jake", "Nathan": "Nate", "Theodore": "Teddy", "Lawrence": "Larry", "Francis": "Frank",
    "Raymond": "Ray", "Albert": "Al", "Arthur": "Art", "Walter": "Walt", "Eugene": "Gene", "Leonard": "Len",
    "Margaret": "Peggy", "Elizabeth": "Betty", "Dorothy": "Dot", "Patricia": "Pat", "Barbara": "Barb", "Susan": "Sue",
    "Deborah": "Debbie", "Debra": "Deb", "Kathleen": "Kathy", "Katherine": "Kate", "Catherine": "Cathy",
    "Christine": "Chris", "Jennifer": "Jen", "Jessica": "Jess", "Rebecca": "Becky", "Samantha": "Sam", "Amanda": "Mandy",
    "Kimberly": "Kim", "Pamela": "Pam", "Cynthia": "Cindy", "Sandra": "Sandy", "Theresa": "Terry", "Judith": "Judy",
    "Victoria": "Vicky", "Alexandra": "Alex", "Stephanie": "Steph", "Abigail": "Abby", "Madison": "Maddie",
    "Isabella": "Bella", "Josephine": "Josie", "Eleanor": "Ellie", "Penelope": "Penny", "Virginia": "Ginny",
    "José": "Pepe", "Francisco": "Paco", "Roberto": "Beto", "Guadalupe": "Lupe", "Rafael": "Rafi", "María": "Mari",
    "Dolores": "Lola", "Manuel": "Manny", "Ángel": "Angelo", "Milagros": "Millie", "Wilfredo": "Willie",
    "Mohammed": "Mo", "Aleksandr": "Sasha", "Dmitri": "Dima", "Natalya": "Natasha", "Vladimir": "Vova",
}  # fmt: skip
"""What people are called at home; what the desk should say when they come in."""
