using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Plumbline.Contracts;
using Plumbline.Features.Storage;
using Plumbline.Host.Clustering.Storage;
using Plumbline.Host.Configuration;
using Plumbline.ObjectStore;
using Plumbline.ObjectStore.Azure;

namespace Plumbline.Cluster.Tests.Storage;

/// <summary>The runtime's provider writes the same names and bytes as the folder of a server that runs alone, and fails in the same words.</summary>
public sealed class GrainStateTests(Emulator emulator) : IAsyncLifetime
{
    private const string StateName = "things";
    private static readonly StoredJson Json = new();
    private static readonly GrainId Grain = GrainId.Create("thing", "org/project/p1");
    private readonly string _container = "c" + Guid.NewGuid().ToString("n");
    private ServiceProvider _ours = null!;
    private IHost _theirs = null!;
    private AzureObjectStore _store = null!;

    private IGrainStorage Ours => _ours.GetRequiredKeyedService<IGrainStorage>(StorageFeature.Grains);

    private IGrainStorage Theirs => _theirs.Services.GetRequiredKeyedService<IGrainStorage>(StorageFeature.Grains);

    private static Thing Sample => new()
    {
        Name = "t<ü>\"",
        Labels = ["l1", "l2"],
        Kind = ThingKind.Second,
        SavedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
        Age = TimeSpan.FromMinutes(90),
        Counters = ImmutableDictionary<string, long>.Empty.Add("saves", 1),
        Hash = new byte[] { 1, 2, 3 },
    };

    public async ValueTask InitializeAsync()
    {
        var account = StorageAccount.Parse(emulator.Azurite.ConnectionString)!;
        _store = await AzureObjectStore.OpenAsync(new AzureObjectStoreOptions { ConnectionString = account.ConnectionString, Container = _container });
        _ours = new ServiceCollection().AddLogging().AddSingleton<IObjectStore>(_store).AddStorage().BuildServiceProvider();
        _theirs = await StartAsync(_container, account);
    }

    public async ValueTask DisposeAsync()
    {
        await _ours.DisposeAsync();
        await _theirs.StopAsync();
        _theirs.Dispose();
    }

    [Fact]
    public async Task WhatEitherWrites_TheOtherReads()
    {
        foreach (var (writer, reader) in new[] { (Ours, Theirs), (Theirs, Ours) })
        {
            var written = await WriteAsync(writer, Sample with { Name = $"by {writer.GetType().Name}" });
            var read = await ReadAsync(reader);
            Assert.True(read.RecordExists);
            Assert.Equal(Json.Serialize(written.State).ToString(), Json.Serialize(read.State).ToString());
            read.State = read.State! with { Name = "changed by the other" };
            await reader.WriteStateAsync(StateName, Grain, read);
            Assert.Equal("changed by the other", (await ReadAsync(writer)).State!.Name);
            await writer.ClearStateAsync(StateName, Grain, await ReadAsync(writer));
            Assert.False((await ReadAsync(reader)).RecordExists);
        }
    }

    [Fact]
    public async Task NamesAndBytes_AreTheSame()
    {
        const string name = "grainstate/things-thing/org/project/p1.json";
        var written = await WriteAsync(Ours, Sample);
        var ours = (await _store.GetAsync(name))!.Content;
        await Ours.ClearStateAsync(StateName, Grain, written);
        Assert.Null(await _store.GetAsync(name));
        await WriteAsync(Theirs, Sample);
        Assert.Equal(ours, (await _store.GetAsync(name))!.Content);
        Assert.Equal(
            """{"Name":"t\u003C\u00FC\u003E\u0022","Labels":["l1","l2"],"Kind":1,"SavedAt":"2026-01-02T03:04:05+02:00","""
                + """ "Age":"01:30:00","Counters":{"saves":1},"Hash":"AQID"}""".TrimStart(), Encoding.UTF8.GetString(ours));
    }

    [Fact]
    public async Task AWriterThatComesTooLate_IsInconsistent_InBoth()
    {
        foreach (var storage in new[] { Ours, Theirs })
        {
            var first = await WriteAsync(storage, Sample);
            var stale = await ReadAsync(storage);
            first.State = first.State! with { Name = "first" };
            await storage.WriteStateAsync(StateName, Grain, first);
            stale.State = stale.State! with { Name = "late" };
            await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync(StateName, Grain, stale));
            await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync(StateName, Grain, stale));
            await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(storage, Sample));
            Assert.Equal("first", (await ReadAsync(storage)).State!.Name);
            await storage.ClearStateAsync(StateName, Grain, await ReadAsync(storage));
        }
    }

    /// <summary>The client sends again what nobody answered: then it meets its own write.</summary>
    [Fact]
    public async Task AWriteThatMeetsItself_HasSucceeded()
    {
        var written = await WriteAsync(Theirs, Sample);
        var repeated = new GrainState<Thing>(written.State!);
        await Theirs.WriteStateAsync(StateName, Grain, repeated);
        Assert.Equal(written.ETag, repeated.ETag);
        await Theirs.WriteStateAsync(StateName, Grain, repeated);
    }

    [Fact]
    public async Task AnAccountThatIsGone_IsToldInOurWords()
    {
        var gone = StorageAccount.Parse(
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=c2VjcmV0;BlobEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a")!;
        using var silo = Build(_container, gone);
        var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>(StorageFeature.Grains);
        var read = await Assert.ThrowsAsync<RequestFailedException>(() => ReadAsync(storage));
        Assert.Equal(FailureCode.Internal, read.Code);
        var write = await Assert.ThrowsAsync<RequestFailedException>(() => WriteAsync(storage, Sample));
        Assert.Equal(FailureCode.OutcomeUnknown, write.Code);
    }

    private static async Task<GrainState<Thing>> ReadAsync(IGrainStorage storage)
    {
        var state = new GrainState<Thing>(new Thing());
        await storage.ReadStateAsync(StateName, Grain, state);
        return state;
    }

    private static async Task<GrainState<Thing>> WriteAsync(IGrainStorage storage, Thing thing)
    {
        var state = new GrainState<Thing>(thing);
        await storage.WriteStateAsync(StateName, Grain, state);
        return state;
    }

    private static IHost Build(string container, StorageAccount account) => new HostBuilder()
        .ConfigureLogging(log => log.ClearProviders())
        .UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(siloPort: Nodes.NodeCluster.FreePort(), gatewayPort: 0);
            silo.UseSharedGrainStorage(container, account);
        })
        .Build();

    private static async Task<IHost> StartAsync(string container, StorageAccount account)
    {
        var silo = Build(container, account);
        await silo.StartAsync();
        return silo;
    }
}

/// <summary>A state with what states are made of.</summary>
[GenerateSerializer]
public sealed record Thing
{
    [Id(0)] public string Name { get; init; } = "";

    [Id(1)] public ImmutableArray<string> Labels { get; init; } = [];

    [Id(2)] public ThingKind Kind { get; init; }

    [Id(3)] public DateTimeOffset SavedAt { get; init; }

    [Id(4)] public TimeSpan Age { get; init; }

    [Id(5)] public ImmutableDictionary<string, long> Counters { get; init; } = ImmutableDictionary<string, long>.Empty;

    [Id(6)] public ReadOnlyMemory<byte> Hash { get; init; }
}

public enum ThingKind
{
    First,
    Second,
}
