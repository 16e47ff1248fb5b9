"""One real region: the Pioneer Valley of Massachusetts, its towns with ZIP codes, and what its streets are called.

Numbers are of the 555 exchange, which is given to nobody; e-mail addresses are of example.com.
"""

from frontdesk.entrypoints.commands.demo.draw import listed

TOWNS = (
    ("Springfield", "01104", 34), ("Springfield", "01108", 30), ("Springfield", "01109", 30), ("Springfield", "01118", 16),
    ("Springfield", "01119", 14), ("Springfield", "01105", 14), ("Springfield", "01129", 8), ("Springfield", "01151", 9),
    ("Holyoke", "01040", 38), ("Chicopee", "01013", 22), ("Chicopee", "01020", 28), ("Westfield", "01085", 40),
    ("West Springfield", "01089", 28), ("Agawam", "01001", 17), ("Feeding Hills", "01030", 11), ("Ludlow", "01056", 21),
    ("Longmeadow", "01106", 15), ("East Longmeadow", "01028", 16), ("Wilbraham", "01095", 14), ("Hampden", "01036", 5),
    ("South Hadley", "01075", 17), ("Granby", "01033", 6), ("Belchertown", "01007", 15), ("Amherst", "01002", 30),
    ("Hadley", "01035", 5), ("Hatfield", "01038", 3), ("Northampton", "01060", 16), ("Florence", "01062", 11),
    ("Leeds", "01053", 2), ("Easthampton", "01027", 16), ("Southampton", "01073", 6), ("Southwick", "01077", 9),
    ("Palmer", "01069", 8), ("Monson", "01057", 8), ("Ware", "01082", 10), ("Greenfield", "01301", 17),
    ("South Deerfield", "01373", 4), ("Sunderland", "01375", 4), ("Turners Falls", "01376", 4), ("Williamsburg", "01096", 2),
)  # fmt: skip
"""Town, ZIP code, and about how many thousands live there."""

STATE = "MA"
ZONE = "America/New_York"

STREETS = listed("""
Main Maple Elm Oak Pine Park Pleasant School Church High Chestnut Walnut Spring Center Union Summer Winter Prospect
Washington Franklin Lincoln Adams Jefferson Jackson Grove Cedar Birch Ash Willow Beech Hillside Highland Ridge Valley
River Bridge Mill Water Canal Dwight Sumner Belmont Dickinson Allen Parker Boston Bay State Worthington Liberty Carew
Armory Newbury Page Plumtree Wilbraham Boston Tinkham Cooley Porter_Lake Riverdale Memorial Westfield Granby Amherst
Northampton Southampton Pomeroy Strong Bartlett Phillips Hampden Cabot Appleton Suffolk Essex Sargeant Beacon Lower
Meadow Orchard Apple_Blossom Farm Brook Lake Pond Forest Sunset Sunrise Fairview Lakeview Laurel Lilac Rose Juniper
Hickory Sycamore Magnolia Dogwood Cherry Crescent Circle Edgewood Glenwood Greenwood Wildwood Woodlawn Ferncliff
Montgomery Grattan Broadway Front Exchange Springfield Chicopee Burnett Prospect_Hill Mount_Tom East West North South
""")
STREET_KINDS = listed(
    "Street Street Street Street Avenue Avenue Road Road Drive Lane Court Terrace Circle Place Way"
)
AREA_CODES = listed("""
413 413 413 413 413 860 508 617 774 978 857 781 339 351 203 475 959 401 603 802 207 518 838 315 680 607 585 716 914
845 516 631 934 212 646 332 718 347 929 917 201 551 732 848 856 862 908 973 609 640 215 267 445 484 610 835 717 223
570 272 814 582 412 724 878 302 301 240 410 443 667 202 703 571 804 757 540 276 434 304 681 919 984 336 743 704 980
""")
"""The region's own first; a large practice needs more numbers than one exchange holds."""

EMPLOYERS = ("example.com", "example.org", "example.net")
