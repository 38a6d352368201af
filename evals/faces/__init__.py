"""Do balloons and drawn sounds keep off faces in pictures that our own artist did not draw?"""
