namespace Plumbline.Host.Tests.Blinding;

/// <summary>The tests that make worlds of their own on one server.</summary>
[CollectionDefinition]
public sealed class WorldsCollection : ICollectionFixture<Worlds>;
