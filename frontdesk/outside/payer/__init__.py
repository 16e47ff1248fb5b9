"""payer: the practice payer, a stand-in insurer. It answers eligibility inquiries (ASC X12 270, 271) in the envelopes of
CAQH CORE Connectivity, from a member file of its own, and behaves badly where a member's scenario says so.

Nobody in it is insured, and nobody in it is real.
"""
