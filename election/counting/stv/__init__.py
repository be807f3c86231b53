"""The single transferable vote: one engine, three rules by name.

``board`` keeps who stands at what and tells the steps, ``ties`` settles ties, ``parcels`` moves papers whose value
shrinks with a surplus, ``stages`` counts with them, ``meek`` shares all papers out anew at each stage, and ``count``
puts a whole election together, alternates and refilled seats included.
"""
