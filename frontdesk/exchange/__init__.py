"""exchange: translators between the office and the outside world; decides nothing about care or money."""
