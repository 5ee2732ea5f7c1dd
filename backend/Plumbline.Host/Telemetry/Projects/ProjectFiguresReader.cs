using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Grains;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;

namespace Plumbline.Host.Telemetry.Projects;

/// <summary>Reads the figures of all projects as somebody may know them who is blinded to whatever anybody is.</summary>
internal sealed class ProjectFiguresReader(
    ITracedProjects projects, IProjectDirectory directory, IOrganizationDirectory organizations,
    IPendingTraces pending, ITraceReader traces, TimeProvider clock)
{
    private const string NoModel = "unknown";
    private const int Attempts = 3;

    /// <summary>What the figures are about: calls that started within it.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromHours(24);

    public async Task<ProjectFigures> ReadAsync(CancellationToken cancellationToken)
    {
        var all = new List<ProjectFigures>();
        foreach (var project in await projects.ListAsync(cancellationToken))
        {
            using var scope = CallScope.For(project.ToString());
            if (await NameAsync(project, cancellationToken) is { } name && await ReadAsync(project, name, cancellationToken) is { } figures) all.Add(figures);
        }
        return new([.. all.SelectMany(f => f.Models)], [.. all.SelectMany(f => f.Hidden)]);
    }

    private async ValueTask<string?> NameAsync(ProjectKey project, CancellationToken cancellationToken)
    {
        var organization = await organizations.FindAsync(project.Organization, cancellationToken);
        var found = await directory.FindAsync(project, cancellationToken);
        return organization is null || found is null ? null : $"{organization.Slug}/{found.Slug}";
    }

    // A trace that was put into a queue while the sums were made may be in them: they are made anew then, and left out when there is no end to it.
    private async Task<ProjectFigures?> ReadAsync(ProjectKey project, string name, CancellationToken cancellationToken)
    {
        var hidden = await pending.ListAsync(project, cancellationToken);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var figures = await ReadAsync(project, name, [.. hidden], cancellationToken);
            var since = await pending.ListAsync(project, cancellationToken);
            if (since.IsSubsetOf(hidden)) return figures;
            hidden = since;
        }
        return null;
    }

    private async Task<ProjectFigures> ReadAsync(ProjectKey project, string name, string[] hidden, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var range = new TimeRange(now - Window, now);
        var calls = new SpanFilter { Kinds = [SpanKind.Generation, SpanKind.Embedding, SpanKind.Reranker] };
        var query = new SpanStatsQuery { Range = range, GroupBy = [FacetField.Model], Where = calls, Hidden = hidden };
        var rows = await traces.StatsAsync(project, query, cancellationToken);
        return new([.. rows.Select(row => Of(name, row))], [new HiddenTraces(name, await CountAsync(project, range, hidden, cancellationToken))]);
    }

    private static ModelFigures Of(string project, StatsPart row) =>
        new(project, row.Group[0] is { Length: > 0 } model ? model : NoModel, row.Spans, row.Errors, row.Tokens.Input, row.Tokens.Output, row.CostUsd);

    // Beyond what the store counts exactly, all that are hidden is the nearest that can be said.
    private async ValueTask<long> CountAsync(ProjectKey project, TimeRange range, string[] hidden, CancellationToken cancellationToken)
    {
        if (hidden.Length == 0) return 0;
        var scope = new TraceScope { Where = new TraceFilter { Range = range }, Only = hidden };
        var page = await traces.TracesAsync(project, new TracePageQuery { Scope = scope, First = 1, WantTotalCount = true }, cancellationToken);
        return page.TotalCount ?? hidden.Length;
    }
}
