using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Plumbline.ObjectStore.Azure.Tests.Connecting;

/// <summary>What Orleans stores of grains by its own provider are objects of the store, by the same names and with the same bytes.</summary>
public sealed class FolderClientTests(Emulator emulator)
{
    private static readonly GrainId Grain = GrainId.Create("prompts", "org/project/p 1");
    private const string Name = "grainstate/state-prompts/org/project/p 1.json";

    [Fact]
    public async Task OrleansWrites_TheStoreReads()
    {
        var store = await AzureObjectStore.OpenAsync(emulator.Options());
        var state = new GrainState<Counted>(new Counted(3));
        await (await ProviderAsync(store)).WriteStateAsync("state", Grain, state);
        Assert.Equal("{\"Count\":3}", Encoding.UTF8.GetString((await store.GetAsync(Name))!.Content));
        await foreach (var found in store.ListAsync("")) Assert.Equal(Name, found.Name);
    }

    [Fact]
    public async Task TheStoreWrites_OrleansReadsAndWritesOn()
    {
        var store = await AzureObjectStore.OpenAsync(emulator.Options());
        var tag = await store.PutAsync(Name, "{\"Count\":4}"u8.ToArray(), PutCondition.Missing);
        var (provider, state) = (await ProviderAsync(store), new GrainState<Counted>());
        await provider.ReadStateAsync("state", Grain, state);
        Assert.Equal((4, true), (state.State!.Count, state.RecordExists));
        state.State = new Counted(5);
        await provider.WriteStateAsync("state", Grain, state);
        await Assert.ThrowsAsync<PreconditionFailedException>(async () => await store.PutAsync(Name, "{}"u8.ToArray(), PutCondition.Matches(tag)));
        Assert.Equal("{\"Count\":5}", Encoding.UTF8.GetString((await store.GetAsync(Name))!.Content));
    }

    private static async Task<AzureBlobGrainStorage> ProviderAsync(AzureObjectStore store)
    {
        var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var options = new AzureBlobStorageOptions { GrainStorageSerializer = new JsonText(), BlobServiceClient = new BlobServiceClient("UseDevelopmentStorage=true") };
        var provider = new AzureBlobGrainStorage(
            "grains", options, new Containers(store), services.GetRequiredService<IActivatorProvider>(), NullLogger<AzureBlobGrainStorage>.Instance);
        var start = new Start();
        provider.Participate(start);
        await start.RunAsync();
        return provider;
    }

    public sealed record Counted(int Count)
    {
        public Counted()
            : this(0)
        {
        }
    }

    private sealed class Containers(AzureObjectStore store) : IBlobContainerFactory
    {
        public BlobContainerClient GetBlobContainerClient(GrainId grainId) => store.FolderClient("grainstate");

        public Task InitializeAsync(BlobServiceClient client) => Task.CompletedTask;
    }

    private sealed class JsonText : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input));

        public T? Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input);
    }

    private sealed class Start : ISiloLifecycle
    {
        private readonly List<ILifecycleObserver> _observers = [];

        public int HighestCompletedStage => 0;

        public int LowestStoppedStage => 0;

        public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
        {
            _observers.Add(observer);
            return new MemoryStream();
        }

        public async Task RunAsync()
        {
            foreach (var observer in _observers) await observer.OnStart(CancellationToken.None);
        }
    }
}
