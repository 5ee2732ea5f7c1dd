using Plumbline.Features.Traces;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Comments;
using Plumbline.Contracts.Datasets;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces.Api;

namespace Plumbline.Features.Tests.Traces;

/// <summary>Erasing takes the spans and everything made of them, from the disk too.</summary>
public sealed class ErasureTests(ErasureTests.ThreeShards shared) : IClassFixture<ErasureTests.ThreeShards>, IAsyncLifetime
{
    private readonly HashSet<(string Name, string ETag)> _before = [];
    private TracesHost _host = null!;

    private EraseMutation Mutations => ActivatorUtilities.CreateInstance<EraseMutation>(_host.Product.Services);

    private ProjectKey Project => _host.Tenant.Key;

    public async ValueTask InitializeAsync()
    {
        await foreach (var left in (await shared.HostAsync()).Store.ListAsync("")) _before.Add((left.Name, left.ETag));
        _host = await TracesHost.OnAsync(shared);
        Assert.Equal(9, (await _host.SendAsync([.. Enumerable.Range(1, 9)])).Accepted);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task EraseData_OfAUser_CountsExactly_AndAgainFindsNothing()
    {
        Assert.Equal(new EraseDataPayload(3, 0, 0, 0, 0, 0), await EraseAsync(userId: "customer-1"));
        Assert.Equal(new EraseDataPayload(0, 0, 0, 0, 0, 0), await EraseAsync(userId: "customer-1"));
        Assert.Equal([2, 3, 5, 6, 8, 9], await LeftAsync());
        await AssertNowhereAsync("customer-1");
    }

    [Fact]
    public async Task EraseData_TakesWhatWasMadeOfThem()
    {
        var reviewer = await _host.Product.AddMemberAsync(_host.Tenant, Role.Sme);
        var queue = await _host.BlindAsync(reviewer.UserId!, 1, 2);
        while (await queue.ClaimAsync(reviewer.UserId!) is { } turn)
            await queue.SubmitAsync(new SubmittedReview
            {
                AssignmentId = turn.AssignmentId,
                ReviewerId = reviewer.UserId!,
                Label = Label.Fail,
                Reasoning = $"reason {turn.SpanReference.TraceId}",
                CorrectedOutput = $"corrected {turn.SpanReference.TraceId}",
            });
        var dataset = await MakeDatasetAsync();
        await dataset.AddAsync([Item(1), Item(2)], "ann", []);
        await dataset.SnapshotAsync(null, "ann");
        var comments = _host.Product.Grains.GetGrain<ITraceCommentsGrain>(Project.Child(TracesHost.Id(1)));
        var thread = await comments.AddAsync(new NewComment { AuthorId = "ann", Body = "comment " + TracesHost.Id(1) });
        await comments.AddAsync(new NewComment { AuthorId = "bob", Body = "comment " + TracesHost.Id(1), ParentCommentId = thread.CommentId });

        var erased = await EraseAsync(traceId: TracesHost.Id(1));
        Assert.Equal(new EraseDataPayload(1, 1, 1, 2, 0, 0), erased);
        Assert.Equal([TracesHost.Id(2)], (await queue.GetSpansAsync()).Select(s => s.TraceId));
        Assert.Equal(1, (await queue.GetProgressAsync()).Total);
        Assert.Equal($"reason {TracesHost.Id(2)}", Assert.Single(await queue.GetMyReviewsAsync(reviewer.UserId!)).Reasoning);
        Assert.Equal(1, Assert.Single(await dataset.GetVersionsAsync()).ItemCount);
        foreach (var text in new[] { "reason ", "corrected ", "inputs ", "comment " }) await AssertNowhereAsync(text + TracesHost.Id(1));
        await AssertSomewhereAsync("reason " + TracesHost.Id(2));
        await queue.AddAsync([new NewReviewItem(new SpanReference(TracesHost.Id(3), TracesHost.Id(3)[..16]), null)], "boss");
        Assert.Equal(TracesHost.Id(3), (await queue.ClaimAsync(reviewer.UserId!))!.SpanReference.TraceId);
    }

    [Fact]
    public async Task EraseData_WhilePending_SaysNothingOfDatasets_AndEndsTheTurn()
    {
        var queue = await _host.BlindAsync(_host.Tenant.Owner.UserId!, 1);
        Assert.NotNull(await queue.ClaimAsync(_host.Tenant.Owner.UserId!));
        await (await MakeDatasetAsync()).AddAsync([Item(1)], "ann", []);
        Assert.Equal(new EraseDataPayload(null, 1, null, null, 0, 0), await EraseAsync(traceId: TracesHost.Id(1)));
        Assert.Null(await queue.ClaimAsync(_host.Tenant.Owner.UserId!));
        Assert.True((await _host.Product.Get<IBlinding>().ForAsync(Scopes.Of(_host.Product.Grains, Project, _host.Tenant.Owner.UserId), default)).IsEmpty);
    }

    [Theory]
    [InlineData(Role.Admin, null)]
    [InlineData(Role.Developer, FailureCode.Forbidden)]
    [InlineData(Role.Sme, FailureCode.Forbidden)]
    [InlineData(Role.Reviewer, FailureCode.Forbidden)]
    [InlineData(Role.Viewer, FailureCode.Forbidden)]
    public async Task EraseData_IsForManagers(Role role, FailureCode? refused)
    {
        var caller = await _host.Product.AddMemberAsync(_host.Tenant, role);
        var asked = await Record.ExceptionAsync(() => Mutations.EraseData(new(_host.Tenant.Project.Id, "customer-2", null), caller, default));
        Assert.Equal(refused, (asked as RequestFailedException)?.Code);
        Assert.Equal(refused is null ? 6 : 9, (await LeftAsync()).Count);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("customer-1", "00000001")]
    [InlineData(null, "no trace id")]
    public async Task EraseData_OfNobodyInParticular_IsRefused(string? userId, string? traceId)
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => EraseAsync(userId, traceId));
        Assert.Equal(FailureCode.BadUserInput, refused.Code);
    }

    [Fact]
    public async Task EraseData_IsAudited_WithoutTheName()
    {
        await EraseAsync(userId: "customer-1");
        var log = await _host.Product.Grains.GetGrain<IAuditGrain>(_host.Tenant.Organization).ListAsync(new AuditQuery { Project = Project }, null, 10);
        Assert.Equal(["data.erased", "data.erasure.begun"], log.Select(r => r.Entry.Action));
        Assert.All(log, r => Assert.StartsWith("user sha256:", r.Entry.Target));
        Assert.Contains("\"spans\":3", log[0].Entry.DetailJson);
    }

    private Task<EraseDataPayload> EraseAsync(string? userId = null, string? traceId = null) =>
        Mutations.EraseData(new(_host.Tenant.Project.Id, userId, traceId), _host.Tenant.Owner, default);

    private async Task<List<int>> LeftAsync()
    {
        var page = await _host.Reader.TracesAsync(Project, new TracePageQuery { Scope = new TraceScope(), First = 50 }, default);
        return [.. page.Items.Select(t => int.Parse(t.Name.Split(' ')[1], CultureInfo.InvariantCulture)).Order()];
    }

    private async Task<IDatasetGrain> MakeDatasetAsync()
    {
        var id = RandomId.New();
        await _host.Product.Grains.GetGrain<IDatasetsGrain>(Project.ToString()).AddAsync(new DatasetName(id, "Refunds"));
        var dataset = _host.Product.Grains.GetGrain<IDatasetGrain>(Project.Child(id));
        await dataset.CreateAsync("Refunds", null, "ann");
        return dataset;
    }

    private static NewDatasetItem Item(int number) => new(
        new DatasetContent { InputsJson = $"\"inputs {TracesHost.Id(number)}\"" }, new DatasetLineage(new SpanReference(
            TracesHost.Id(number), TracesHost.Id(number)[..16])));

    private async Task AssertNowhereAsync(string text) => Assert.Empty(await HoldersAsync(text));

    private async Task AssertSomewhereAsync(string text) => Assert.NotEmpty(await HoldersAsync(text));

    /// <summary>Whatever was written since the test began: what the ones before it left behind belongs to other tenants.</summary>
    private async Task<List<string>> HoldersAsync(string text)
    {
        var holders = new List<string>();
        await foreach (var found in _host.Product.Store.ListAsync(""))
        {
            if (!_before.Contains((found.Name, found.ETag))
                && (await _host.Product.Store.GetAsync(found.Name))!.Content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0) holders.Add(found.Name);
        }
        return holders;
    }

    /// <summary>The product with three shards for each project.</summary>
    public sealed class ThreeShards : ProductFixture
    {
        private protected override void Configure(IServiceCollection services) => services.Configure<TracesOptions>(o => o.ShardsPerProject = 3);
    }
}
