using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces.Api;

namespace Plumbline.Features.Tests.Traces;

/// <summary>Who may see which traces, and how much of them.</summary>
public sealed class ReadingTests(SharedProduct shared) : IAsyncLifetime
{
    private TracesHost _host = null!;
    private Caller _reviewer = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TracesHost.OnAsync(shared);
        _reviewer = await _host.Product.AddMemberAsync(_host.Tenant, Role.Developer);
        Assert.Equal(2, (await _host.SendAsync(1, 2)).Accepted);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Contents_WithoutThePermission_AreHidden(bool mayReadContents)
    {
        var permissions = mayReadContents ? PermissionSet.Of(Permission.ReadTraces, Permission.ReadRawContent) : PermissionSet.Of(Permission.ReadTraces);
        var scope = new ReadingScope(Scopes.Of(_host.Product.Grains, _host.Tenant.Key, "ann", permissions), BlindedSet.None);
        var found = (await _host.Reader.FindTraceAsync(_host.Tenant.Key, TracesHost.Id(1), default))!;
        var trace = scope.Show(found.Trace);
        var below = TraceResolvers.Show(trace, found);
        var shown = JsonSerializer.Serialize(new { trace, span = scope.Show(found.Spans[0]), below });
        Assert.Equal(mayReadContents, shown.Contains("secret", StringComparison.Ordinal));
        Assert.Contains("model-1", shown);
        Assert.Equal(1000, below[0].DurationMs);
    }

    [Fact]
    public async Task Trace_OfAPendingReviewer_AnswersBlinded()
    {
        await _host.BlindAsync(_reviewer.UserId!, 1);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => _host.Lists.Trace(_host.Tenant.Project, _host.NodeOf(1), _reviewer, default));
        Assert.Equal(FailureCode.Blinded, refused.Code);
        Assert.NotNull(await _host.Lists.Trace(_host.Tenant.Project, _host.NodeOf(2), _reviewer, default));
        Assert.NotNull(await _host.Lists.Trace(_host.Tenant.Project, _host.NodeOf(1), _host.Tenant.Owner, default));
    }

    [Fact]
    public async Task FacetsAndStats_OfAPendingReviewer_LeaveTheTraceOut()
    {
        await _host.BlindAsync(_reviewer.UserId!, 1);
        Assert.Equal(["model-2"], await ModelsAsync(_reviewer));
        Assert.Equal(["model-1", "model-2"], await ModelsAsync(_host.Tenant.Owner));
        Assert.Equal((1, 2000), await StatsAsync(_reviewer));
        Assert.Equal((2, 2000), await StatsAsync(_host.Tenant.Owner));
        var sessions = await _host.Lists.Sessions(_host.Tenant.Project, 10, null, null, _reviewer, default);
        Assert.Equal("visit-0", Assert.Single(sessions.Nodes).SessionId);
        var spans = await _host.Lists.Spans(_host.Tenant.Project, 10, null, new() { Search = "secret" }, _reviewer, default);
        Assert.Equal("chat 2", Assert.Single(spans.Nodes).Name);
    }

    private async Task<IEnumerable<string>> ModelsAsync(Caller caller) =>
        (await _host.Lists.Facets(
            _host.Tenant.Project, FacetField.Model, _host.Day, null, 10, caller, default)).Select(v => v.Value).Order(StringComparer.Ordinal);

    private async Task<(long Traces, double Slowest)> StatsAsync(Caller caller)
    {
        var row = Assert.Single(await _host.Lists.Stats(_host.Tenant.Project, _host.Day, null, null, null, false, caller, default));
        return (row.Traces, row.DurationMs.Max!.Value);
    }
}
