using Plumbline.Cluster.Tests;
using Plumbline.Testing;

[assembly: AssemblyFixture(typeof(Emulator))]

namespace Plumbline.Cluster.Tests;

/// <summary>The storage account of all clusters here; each has a container of its own.</summary>
public sealed class Emulator : IAsyncLifetime
{
    public AzuriteProcess Azurite { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Azurite = await AzuriteProcess.StartAsync(tables: true);

    public ValueTask DisposeAsync() => Azurite.DisposeAsync();
}
