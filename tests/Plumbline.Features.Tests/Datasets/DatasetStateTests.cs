using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Datasets;
using Plumbline.Features.Datasets.State;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Tests.Datasets;

public sealed class DatasetStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private readonly DatasetsOptions _options = new() { MaxItems = 10 };
    private readonly List<DatasetEvent> _events = [];
    private readonly DatasetState _state = new();

    public DatasetStateTests() => Apply(DecideDataset.Create(_state, "Refunds", null, "ann", _options, Now));

    private static readonly string[] Traces = [new('a', 32), new('b', 32)];
    private static readonly HashSet<string> None = [];

    [Fact]
    public void Add_SameInputsAndExpected_IsADuplicateWhateverTheKeyOrder()
    {
        Assert.Equal((1, 0), Add(Content("""{"a":1,"b":[true,null]}""", expected: "x")));
        Assert.Equal((0, 1), Add(Content("""{ "b": [ true, null ], "a": 1 }""", expected: "x", output: "other")));
        Assert.Equal((1, 0), Add(Content("""{"a":1,"b":[true,null]}""", expected: "y")));
        Assert.Equal((1, 1), Add(Content("""{"a":2}"""), Content("""{"a":2}""")));
        Assert.Equal((1, 0), Add(Content("""{"a":"2"}""")));
    }

    [Fact]
    public void Add_AfterRemoval_IsNoDuplicate()
    {
        Add(Content("1"));
        Remove(Ids()[0]);
        Assert.Equal((1, 0), Add(Content("1")));
    }

    [Fact]
    public void Snapshot_IsImmutable_WhateverHappensAfterwards()
    {
        Add(Content("1", output: "one"), Content("2", output: "two"));
        var first = Freeze();
        var (one, two) = (Ids()[0], Ids()[1]);
        Update(one, c => c with { Output = "changed" }, DatasetMembers.Output);
        Remove(two);
        Add(Content("3", output: "three"));
        var second = Freeze();
        Remove(one);

        Assert.Equal(["one", "two"], Outputs(1));
        Assert.Equal(["changed", "three"], Outputs(2));
        Assert.Equal(["three"], Outputs(null));
        Assert.Equal((1, 2, 2, 2), (first.Number, first.ItemCount, second.Number, second.ItemCount));
        Assert.NotEqual(first.ContentHash, second.ContentHash);
    }

    [Fact]
    public void Snapshot_SameContent_HasTheSameHashInAnyOrder()
    {
        Add(Content("1"), Content("2"));
        var first = Freeze();
        Remove(Ids()[0]);
        Add(Content("1"));
        Assert.Equal(first.ContentHash, Freeze().ContentHash);
    }

    [Fact]
    public void Update_ClearsWhatIsGivenAsNull_AndKeepsTheRest()
    {
        Add(Content("1", output: "out", expected: "exp") with { Label = Label.Fail, Split = "train" });
        Update(Ids()[0], c => new DatasetContent { InputsJson = "9", Expected = null, Split = "test" }, DatasetMembers.Expected | DatasetMembers.Split);
        var content = _state.Current.Values.Single().Content;
        Assert.Equal(("1", "out", null, Label.Fail, "test"), (content.InputsJson, content.Output, content.Expected, content.Label, content.Split));
    }

    [Fact]
    public void Refusals_SayWhy()
    {
        Assert.Equal(FailureCode.BadUserInput, Refused(() => Add(Content("no json"))));
        Assert.Equal(FailureCode.BadUserInput, Refused(() => Add(Content("null"))));
        Assert.Equal(FailureCode.BadUserInput, Refused(() => Add([.. Enumerable.Range(0, 11).Select(i => Content($"{i}"))])));
        Assert.Equal(FailureCode.NotFound, Refused(() => Remove("nothing")));
        Assert.Equal(FailureCode.NotFound, Refused(() => Update("nothing", c => c, DatasetMembers.None)));
        Assert.Empty(_state.Current);
    }

    /// <summary>Whoever adds may be blinded to some of those that are there.</summary>
    [Fact]
    public void Add_BeyondTheMost_DoesNotSayHowManyThereAre()
    {
        Add(Content("1"), Content("2"), Content("3"));
        var refused = Assert.Throws<RequestFailedException>(() => Add([.. Enumerable.Range(4, 8).Select(i => Content($"{i}"))]));
        Assert.Equal((FailureCode.BadUserInput, "10"), (refused.Code, string.Concat(refused.Message.Where(char.IsDigit))));
    }

    [Fact]
    public void Replay_AtEveryCut_GivesTheSameState()
    {
        Add(Content("1", output: "one"), Content("2"));
        Freeze();
        Update(Ids()[0], c => c with { Expected = "e" }, DatasetMembers.Expected);
        Update(Ids()[0], c => c with { Expected = "f" }, DatasetMembers.Expected);
        Remove(Ids()[1]);
        Add(Content("2"), Content("3"));
        Freeze();
        for (var cut = 0; cut <= _events.Count; cut++)
        {
            var replayed = new DatasetState();
            for (var i = 0; i < _events.Count; i++)
            {
                if (i == cut) replayed = JsonSerializer.Deserialize<DatasetState>(Json(replayed), JournalOptions.DefaultJson)!;
                replayed.Apply(JsonSerializer.Deserialize<DatasetEvent>(
                    JsonSerializer.Serialize(_events[i], JournalOptions.DefaultJson), JournalOptions.DefaultJson)!);
            }
            Assert.Equal(Json(_state), Json(replayed));
            Assert.True(replayed.KeysWithout(None).ContainsKey(ExampleHash.DuplicateKey(Content("3"))));
            Assert.False(replayed.KeysWithout(None).ContainsKey(ExampleHash.DuplicateKey(Content("1", expected: "e"))));
        }
    }

    [Fact]
    public void Add_ByWhoeverIsBlinded_TellsNothingOfTheExpectedOutput()
    {
        AddFrom(Traces[0], Content("1", expected: "right"));
        Assert.Equal((1, 0), Add(new HashSet<string> { Traces[0] }, Content("1", expected: "right")));
        Assert.Equal((1, 0), Add(new HashSet<string> { Traces[0] }, Content("1", expected: "wrong")));
        Assert.Equal((0, 1), Add(new HashSet<string> { Traces[0] }, Content("1", expected: "right")));
        Assert.Equal((0, 1), Add(new HashSet<string> { Traces[1] }, Content("1", expected: "right")));
    }

    [Fact]
    public void Erase_ItemsOfATrace_LeaveEveryVersion()
    {
        AddFrom(Traces[0], Content("1"), Content("2"));
        AddFrom(Traces[1], Content("3"));
        Add(Content("4"));
        var gone = _state.Current.Values.Where(r => r.Lineage?.Span.TraceId == Traces[0]).Select(r => r.ItemId).ToList();
        Freeze();
        Remove(gone[0]);
        Update(gone[1], c => c with { Expected = "e" }, DatasetMembers.Expected);
        Freeze();
        Add(Content("5"));
        Freeze();
        Apply([.. DecideDataset.Erase(_state, [Traces[0]], "ann", Now)]);
        Assert.Equal(3, _state.Current.Count);
        Assert.Equal([2, 2, 3], _state.Versions.Select(v => v.ItemCount));
        Assert.Equal(ExampleHash.OfVersion([Content("3"), Content("4")]), _state.Versions[0].ContentHash);
        Assert.DoesNotContain(_state.Rows, r => gone.Contains(r.ItemId));
        Assert.Empty(DecideDataset.Erase(_state, [Traces[0]], "ann", Now));
        Assert.Equal((0, 1), Add(Content("3")));
        Assert.Equal((1, 0), Add(Content("2")));
    }

    private static DatasetContent Content(string inputs, string? output = null, string? expected = null) =>
        new() { InputsJson = inputs, Output = output, Expected = expected };

    private static string Json(DatasetState state) => JsonSerializer.Serialize(state, JournalOptions.DefaultJson);

    private static FailureCode Refused(Action act) => Assert.Throws<RequestFailedException>(act).Code;

    private string[] Ids() => [.. _state.RowsIn(null).Select(r => r.ItemId)];

    private List<string?> Outputs(int? version) => [.. _state.RowsIn(version).Select(r => r.Content.Output)];

    private void AddFrom(string traceId, params DatasetContent[] items) =>
        Apply([.. DecideDataset.Add(
            _state, [.. items.Select(c => new NewDatasetItem(c, new DatasetLineage(new SpanReference(traceId, "1"))))], "ann", None,
            _options, Now).Events]);

    private (int Added, int Duplicates) Add(IReadOnlySet<string> without, params DatasetContent[] items)
    {
        var (events, added, duplicates) = DecideDataset.Add(_state, [.. items.Select(c => new NewDatasetItem(c, null))], "ann", without, _options, Now);
        Apply([.. events]);
        return (added, duplicates);
    }

    private (int Added, int Duplicates) Add(params DatasetContent[] items) => Add(None, items);

    private void Update(string itemId, Func<DatasetContent, DatasetContent> change, DatasetMembers members)
    {
        var old = _state.Current.GetValueOrDefault(itemId)?.Content ?? Content("0");
        Apply([.. DecideDataset.Update(_state, new DatasetItemChange(itemId, change(old), members), "ann", _options, Now)]);
    }

    private void Remove(params string[] ids) => Apply([.. DecideDataset.Remove(_state, [.. ids], "ann", Now)]);

    private DatasetVersionView Freeze()
    {
        Apply(DecideDataset.Snapshot(_state, null, "ann", _options, Now));
        return _state.Versions[^1];
    }

    private void Apply(params DatasetEvent[] events)
    {
        foreach (var happened in events)
        {
            _state.Apply(happened);
            _events.Add(happened);
        }
    }
}
