using Plumbline.ObjectStore.Azure.Tests;
using Plumbline.Testing;

[assembly: AssemblyFixture(typeof(Emulator))]

namespace Plumbline.ObjectStore.Azure.Tests;

/// <summary>The emulator that all tests use, each in a container of its own.</summary>
public sealed class Emulator : IAsyncLifetime
{
    public AzuriteProcess Azurite { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Azurite = await AzuriteProcess.StartAsync();

    public ValueTask DisposeAsync() => Azurite.DisposeAsync();

    public static string NewContainer() => "c" + Guid.NewGuid().ToString("n");

    /// <summary>Options for the container, straight or through a proxy.</summary>
    public AzureObjectStoreOptions Options(string? container = null, int? port = null) => new()
    {
        ConnectionString = Azurite.ConnectionStringAt(port ?? Azurite.BlobPort),
        Container = container ?? NewContainer(),
        FirstPause = TimeSpan.FromMilliseconds(5),
        LongestPause = TimeSpan.FromMilliseconds(50),
    };
}
