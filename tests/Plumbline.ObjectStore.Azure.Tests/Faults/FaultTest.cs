using System.Text;

namespace Plumbline.ObjectStore.Azure.Tests.Faults;

/// <summary>A store behind a <see cref="FaultProxy"/>, and another beside it that sees what is really there.</summary>
public abstract class FaultTest(Emulator emulator) : IAsyncLifetime
{
    protected Emulator Emulator => emulator;

    protected FaultProxy Proxy { get; private set; } = null!;

    protected AzureObjectStoreOptions Options { get; private set; } = null!;

    protected AzureObjectStore Store { get; private set; } = null!;

    protected AzureObjectStore Beside { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Proxy = await FaultProxy.StartAsync(emulator);
        Options = Adjust(emulator.Options(port: Proxy.Port));
        Store = await AzureObjectStore.OpenAsync(Options);
        Beside = await AzureObjectStore.OpenAsync(emulator.Options(Options.Container));
        Proxy.ClearSeen();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Proxy.DisposeAsync();
    }

    protected virtual AzureObjectStoreOptions Adjust(AzureObjectStoreOptions options) => options;

    protected static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    protected async Task<string?> TextAsync(string name) => await Beside.GetAsync(name) is { } found ? Encoding.UTF8.GetString(found.Content) : null;
}
