namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>The tests that share one server and its pairs of worlds.</summary>
[CollectionDefinition]
public sealed class TheatreCollection : ICollectionFixture<Theatre>;
