import numpy as np

from corpus_tools.language._name_vectors import Network
from training import _network


def test_a_network_learns_what_no_sum_can_say_and_means_are_means():
    chance = np.random.default_rng(1)
    numbers = chance.integers(0, 2, (400, 3)).astype(np.float32)
    labels = (numbers[:, 0] != numbers[:, 1]).astype(np.intp)
    shape = _network.Shape(hidden=16, epochs=40, drop=0.0)
    networks = [_network.fit(numbers, labels, 2, shape), _network.fit(numbers, labels, 2, _network.Shape(epochs=2))]
    first, second = (Network(network).scores(numbers) for network in networks)
    assert (first.argmax(axis=1) == labels).mean() > 0.95
    both = Network(_network.mean(networks)).scores(numbers)
    np.testing.assert_allclose(both, (first + second) / 2, rtol=1e-4, atol=1e-4)


def test_the_same_numbers_give_the_same_network():
    numbers = np.eye(4, dtype=np.float32)
    again = [_network.fit(numbers, np.arange(4), 4, _network.Shape(epochs=2)) for _ in range(2)]
    assert all((again[0][name] == again[1][name]).all() for name in _network.NAMES)
