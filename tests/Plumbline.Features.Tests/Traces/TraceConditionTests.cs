using Plumbline.Features.Traces;
using Microsoft.Extensions.DependencyInjection;
using System.Globalization;
using System.Text.Json;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces.Api;

namespace Plumbline.Features.Tests.Traces;

/// <summary>Verdicts, queues and datasets in filters hold wherever they stand, beside whatever the store knows itself.</summary>
public sealed class TraceConditionTests(TraceConditionTests.TwoShards shared) : IClassFixture<TraceConditionTests.TwoShards>, IAsyncLifetime
{
    private static readonly int[] Every = [.. Enumerable.Range(1, 12)];
    private readonly Dictionary<string, int[]> _leaves = [];
    private TracesHost _host = null!;
    private string _queue = "";
    private string _dataset = "";

    public async ValueTask InitializeAsync()
    {
        _host = await TracesHost.OnAsync(shared);
        await _host.SendAsync(Every);
        var reviewer = (await _host.Product.AddMemberAsync(_host.Tenant, Role.Sme)).UserId!;
        var queue = await _host.QueueAsync(reviewer, 1, 1, 2, 3, 4, 5);
        for (var done = 0; done < 4; done++)
        {
            var turn = (await queue.ClaimAsync(reviewer))!;
            var number = Every.First(n => TracesHost.Id(n) == turn.SpanReference.TraceId);
            var label = number % 2 == 0 ? Label.Fail : Label.Pass;
            await queue.SubmitAsync(new SubmittedReview { AssignmentId = turn.AssignmentId, ReviewerId = reviewer, Label = label });
            _leaves[label.ToString()] = [.. _leaves.GetValueOrDefault(label.ToString(), []), number];
        }
        _queue = (await queue.GetAsync()).Id;
        var dataset = _host.Product.Grains.GetGrain<IDatasetGrain>(_host.Tenant.Key.Child(RandomId.New()));
        _dataset = (await dataset.CreateAsync("D", null, "ann")).Id;
        await _host.Product.Grains.GetGrain<IDatasetsGrain>(_host.Tenant.Key.ToString()).AddAsync(new DatasetName(
            NodeId.ParseInProject(_dataset, NodeKinds.Dataset).Key, "D"));
        await dataset.AddAsync(
            [.. new[] { 4, 5, 6 }.Select(n =>
                new NewDatasetItem(new DatasetContent { InputsJson = $"{n}" }, new DatasetLineage(new SpanReference(TracesHost.Id(n), "1"))))],
            "ann", []);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Conditions_AnywhereInAFilter_MeanWhatTheySay()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            var (filter, expected) = Filter(random, 3);
            Assert.True(expected.Order().SequenceEqual(await AskAsync(filter)), $"seed {seed}: {filter}");
        }
    }

    [Fact]
    public async Task Conditions_OfAnotherProject_AreNotFound_AtAnyDepth()
    {
        var foreign = NodeId.Format(NodeKinds.ReviewQueue, new ProjectKey(RandomId.New(), RandomId.New()), RandomId.New());
        var failure = await Assert.ThrowsAsync<RequestFailedException>(() =>
            AskAsync(new TraceFilter { Or = [new() { Not = new() { InReviewQueue = foreign } }] }));
        Assert.Equal(FailureCode.NotFound, failure.Code);
    }

    [Fact]
    public async Task Conditions_BeyondTheLimit_AreRefused()
    {
        var many = Enumerable.Range(0, 21).Select(_ => new TraceFilter { InDataset = NodeId.Format(NodeKinds.Dataset, _host.Tenant.Key, RandomId.New()) });
        Assert.Equal(FailureCode.BadUserInput, (await Assert.ThrowsAsync<RequestFailedException>(() => AskAsync(new TraceFilter { Or = [.. many] }))).Code);
    }

    [Theory]
    [InlineData("""{"verdict":1}""", new[] { 1, 2, 3, 4, 5 })]
    [InlineData("""{"verdict":1,"sessionId":{"eq":"of one"}}""", new[] { 1, 2, 3, 4, 5 })]
    [InlineData("""{"not":{"verdict":0},"search":"of one"}""", new[] { 1, 2, 3, 4, 5 })]
    [InlineData("""{"or":[{"inDataset":"DATASET"},{"verdict":0}]}""", new[] { 1, 2, 3, 4, 5 })]
    // What was judged well becomes an example.
    [InlineData("""{"inDataset":"DATASET","search":"of one"}""", new[] { 1, 2, 3, 4, 5 })]
    [InlineData("""{"verdict":1,"traceIds":["TRACE"]}""", new[] { 2 })]
    [InlineData("""{"inDataset":"DATASET","traceIds":["TRACE"]}""", new[] { 2 })]
    [InlineData("""{"or":[{"verdict":1,"traceIds":["TRACE"]}]}""", new[] { 1, 2, 3, 4, 5 })]
    [InlineData("""{"inReviewQueue":"QUEUE"}""", new int[0])]
    [InlineData("""{"search":"of one"}""", new int[0])]
    public async Task WhatAFilterCouldTellOfVerdicts_IsOnRecord_HoweverLittleItFinds(string json, int[] judged)
    {
        var text = json.Replace("DATASET", _dataset, StringComparison.Ordinal).Replace("QUEUE", _queue, StringComparison.Ordinal)
            .Replace("TRACE", TracesHost.Id(2), StringComparison.Ordinal);
        var filter = JsonSerializer.Deserialize<TraceFilter>(text, JsonSerializerOptions.Web)!;
        await AskAsync(filter with { Range = new TimeRange(TracesHost.Start.AddYears(-2), TracesHost.Start.AddYears(-1)) });
        var openings = _host.Product.Get<ITraceOpenings>();
        var seen = new List<int>();
        foreach (var number in Every)
        {
            var kind = await openings.FindAsync(_host.Tenant.Key, _host.Tenant.Owner.UserId!, TracesHost.Id(number), () => new((DateTimeOffset?)null), default);
            if (kind == SeenKind.Listed) seen.Add(number);
        }
        Assert.Equal(judged.Intersect(_leaves.Values.SelectMany(n => n)).Order(), seen);
    }

    private (TraceFilter Filter, int[] Expected) Filter(Random random, int depth)
    {
        if (depth == 0) return Leaf(random);
        var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Filter(random, depth - 1)).ToList();
        return random.Next(4) switch
        {
            0 => (new TraceFilter { And = parts.Select(p => p.Filter).ToArray() }, parts.Select(p => p.Expected).Aggregate((a, b) => [.. a.Intersect(b)])),
            1 => (new TraceFilter { Or = parts.Select(p => p.Filter).ToArray() }, parts.Select(p => p.Expected).Aggregate((a, b) => [.. a.Union(b)])),
            2 => (new TraceFilter { Not = parts[0].Filter }, [.. Every.Except(parts[0].Expected)]),
            _ => Leaf(random),
        };
    }

    private (TraceFilter Filter, int[] Expected) Leaf(Random random) => random.Next(6) switch
    {
        0 => (new() { Verdict = VerdictFilter.Pass }, _leaves["Pass"]),
        1 => (new() { Verdict = VerdictFilter.Fail }, _leaves["Fail"]),
        2 => (new() { Verdict = VerdictFilter.Unreviewed }, [.. Every.Except(_leaves["Pass"]).Except(_leaves["Fail"])]),
        3 => (new() { InReviewQueue = _queue, InDataset = _dataset }, [4, 5]),
        4 => (new() { InDataset = _dataset }, [4, 5, 6]),
        _ => (new TraceFilter { Model = new() { In = new[] { "model-2", "model-5", "model-9" } } }, [2, 5, 9]),
    };

    private async Task<IEnumerable<int>> AskAsync(TraceFilter filter)
    {
        var gate = _host.Product.Get<ReadingGate>();
        var scope = await gate.EnterAsync(_host.Tenant.Key, _host.Tenant.Owner, default);
        var page = await _host.Reader.TracesAsync(
            _host.Tenant.Key, new TracePageQuery { Scope = await gate.ScopeAsync(scope, filter, default), First = 50 }, default);
        return page.Items.Select(t => int.Parse(t.Name.Split(' ')[1], CultureInfo.InvariantCulture)).Order();
    }

    /// <summary>The product with two shards for each project.</summary>
    public sealed class TwoShards : ProductFixture
    {
        private protected override void Configure(IServiceCollection services) => services.Configure<TracesOptions>(o => o.ShardsPerProject = 2);
    }
}
