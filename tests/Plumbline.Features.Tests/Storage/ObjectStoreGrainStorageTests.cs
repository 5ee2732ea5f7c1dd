using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;
using Plumbline.Features.Storage;
using Plumbline.ObjectStore;

namespace Plumbline.Features.Tests.Storage;

public sealed class ObjectStoreGrainStorageTests
{
    private static readonly GrainId Grain = GrainId.Create("prompt", "org/project/p1");
    private readonly MemoryObjectStore _store = new();
    private readonly ObjectStoreGrainStorage _storage;

    public ObjectStoreGrainStorageTests() => _storage = new ObjectStoreGrainStorage(_store, NullLogger<ObjectStoreGrainStorage>.Instance);

    [Fact]
    public async Task Read_Missing_IsFresh()
    {
        var state = new GrainState<Sample>(new Sample { Name = "left over" }) { ETag = "x", RecordExists = true };
        await _storage.ReadStateAsync("state", Grain, state);
        Assert.Equal(("", null, false), (state.State!.Name, state.ETag, state.RecordExists));
    }

    [Fact]
    public async Task Write_ThenRead_BringsItBack()
    {
        var written = new GrainState<Sample>(new Sample { Name = "ü", Tags = ["a", "b"] });
        await _storage.WriteStateAsync("state", Grain, written);
        var read = new GrainState<Sample>(new Sample());
        await _storage.ReadStateAsync("state", Grain, read);
        Assert.Equal(("ü", written.ETag, true), (read.State!.Name, read.ETag, read.RecordExists));
        Assert.Equal(["a", "b"], read.State!.Tags);
        var stored = await _store.GetAsync("grainstate/state-prompt/org/project/p1.json");
        Assert.Equal("""{"Name":"\u00FC","Tags":["a","b"]}""", Encoding.UTF8.GetString(stored!.Content));
    }

    [Fact]
    public async Task Write_Stale_IsInconsistentAndChangesNothing()
    {
        var (first, second) = (new GrainState<Sample>(new Sample { Name = "first" }), new GrainState<Sample>(new Sample { Name = "second" }));
        await _storage.WriteStateAsync("state", Grain, first);
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("state", Grain, second));
        await Assert.ThrowsAsync<InconsistentStateException>(() =>
            _storage.ClearStateAsync("state", Grain, new GrainState<Sample>(new Sample()) { ETag = "stale" }));
        await _storage.ReadStateAsync("state", Grain, second);
        Assert.Equal("first", second.State!.Name);
    }

    [Fact]
    public async Task Clear_RemovesTheRecord()
    {
        var state = new GrainState<Sample>(new Sample { Name = "x" });
        await _storage.WriteStateAsync("state", Grain, state);
        await _storage.ClearStateAsync("state", Grain, state);
        Assert.Equal((null, false, ""), (state.ETag, state.RecordExists, state.State!.Name));
        await _storage.WriteStateAsync("state", Grain, state);
        Assert.True(state.RecordExists);
    }

    public sealed record Sample
    {
        public string Name { get; init; } = "";

        public string? Absent { get; init; }

        public ImmutableArray<string> Tags { get; init; } = [];
    }
}
