using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Runtime.Copying;
using Orleans.Serialization;

namespace Orleans.Embedded.Tests;

public sealed class StrictModeTests
{
    private readonly MessageCopier _copier = new();

    public static TheoryData<object> Sendable => new()
    {
        ImmutableArray.Create(1, 2), new[] { "a" }, new List<string> { "a" }, new HashSet<string> { "a" },
        ImmutableDictionary<string, int>.Empty.Add("a", 1), new Positional("a", 1), new PositionalAndBody("a") { B = 5 }, new RequiredInit { A = "a" },
        new Point(1, 2), (1, "a"), new Circle("c", 2), KeyValuePair.Create("a", 1), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
        1.50m, Half.One, new Uri("http://a/b"), DayOfWeek.Friday, new List<List<int>> { new() { 1 } },
    };

    public static TheoryData<object> Refused => new()
    {
        JsonDocument.Parse("{}").RootElement, new HoldsJson(JsonDocument.Parse("1").RootElement), new JsonObject(), new Func<int>(() => 1), new MemoryStream(), new StringBuilder(),
        new Unmarked("a"), new { A = 1 }, new Lazy<int>(1), new LinkedList<int>(), Enumerable.Range(0, 3).Select(x => x), new Rune('a'), new Index(1), Task.CompletedTask,
        new List<object> { new Unmarked("inside") },
    };

    [Theory, MemberData(nameof(Sendable))]
    public void Copy_SendableValue_IsEqual(object value) => Assert.Equivalent(value, _copier.Copy(value), strict: true);

    [Theory, MemberData(nameof(Refused))]
    public void Copy_WhatAClusterRefuses_IsRefused(object value)
    {
        var refused = Assert.Throws<CodecNotFoundException>(() => _copier.Copy(value));
        Assert.Contains("[GenerateSerializer]", refused.Message);
    }

    [Fact]
    public void Copy_CompilerMadeList_IsRefused()
    {
        IReadOnlyList<string> list = ["a", "b"];
        Assert.Throws<CodecNotFoundException>(() => _copier.Copy(list));
    }

    [Fact]
    public void Copy_MemberWithoutId_IsLost() => Assert.Equal(new ForgottenId { A = "a", B = 0 }, _copier.Copy(new ForgottenId { A = "a", B = 5 }));

    [Fact]
    public void Copy_ConstructorOnlyClass_KeepsItsMembers() => Assert.Equal(9, _copier.Copy(new NoDefaultConstructor(9)).A);

    [Fact]
    public void Copy_Bytes_AreNotShared()
    {
        var bytes = new byte[] { 1, 2 };
        var copy = _copier.Copy((ReadOnlyMemory<byte>)bytes);
        bytes[0] = 9;
        Assert.Equal([1, 2], copy.ToArray());
    }

    [Fact]
    public void Copy_DefaultImmutableArray_StaysDefault() => Assert.True(_copier.Copy(default(ImmutableArray<int>)).IsDefault);

    [Fact]
    public void Copy_Comparer_IsKept()
    {
        Assert.True(_copier.Copy(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["a"] = 1 }).ContainsKey("A"));
        Assert.True(_copier.Copy(new Dictionary<string, int> { ["a"] = 1 }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase)).ContainsKey("A"));
    }

    [Fact]
    public void Copy_SameObjectTwice_StaysOne()
    {
        var shared = new Mutable { Items = [1] };
        var copy = _copier.Copy(new List<Mutable> { shared, shared });
        Assert.Same(copy[0], copy[1]);
        Assert.NotSame(shared, copy[0]);
    }

    [Fact]
    public void Copy_Tree_IsDeep()
    {
        var copy = _copier.Copy(new Tree("r", [new("c", [])]));
        Assert.Equal("c", copy.Children[0].Name);
    }

    [Fact]
    public async Task Call_ArgumentChangedAfterwards_GrainKeepsItsOwn()
    {
        await using var host = await GrainHost.StartAsync(strict: true);
        var probe = host.Grains.GetGrain<IProbeGrain>("p/strict");
        var sent = new Mutable { Items = [1] };
        var back = await probe.Echo(sent);
        Assert.NotSame(sent, back);
        Assert.Equal([1], back.Items);
    }

    [Fact]
    public async Task Call_WithWhatAClusterRefuses_FailsBeforeTheGrainSeesIt()
    {
        await using var host = await GrainHost.StartAsync(strict: true);
        await Assert.ThrowsAsync<CodecNotFoundException>(() => host.Grains.GetGrain<IProbeGrain>("p/strict-refused").Echo(new Unmarked("a")));
        Assert.Equal("", Seen.Of("p/strict-refused"));
    }

    [Fact]
    public async Task Exception_Unmarked_IsReplacedAsAClusterWould()
    {
        await using var host = await GrainHost.StartAsync(strict: true);
        var probe = host.Grains.GetGrain<IProbeGrain>("p/strict-exceptions");
        var replaced = await Assert.ThrowsAsync<CodecNotFoundException>(() => probe.Throw("plain"));
        Assert.Contains(nameof(PlainException), replaced.Message);
        Assert.Equal(42, (await Assert.ThrowsAsync<MarkedException>(() => probe.Throw("marked"))).Code);
    }

    [Fact]
    public async Task Stream_InStrictMode_Arrives()
    {
        await using var host = await GrainHost.StartAsync(strict: true);
        var items = new List<int>();
        await foreach (var item in host.Grains.GetGrain<IProbeGrain>("p/strict-stream").Count(3)) items.Add(item);
        Assert.Equal([0, 1, 2], items);
    }
}
