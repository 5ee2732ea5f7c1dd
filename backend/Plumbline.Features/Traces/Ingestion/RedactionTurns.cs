using Microsoft.Extensions.Options;
using Plumbline.Contracts;

namespace Plumbline.Features.Traces.Ingestion;

/// <summary>Whose rules are applied when. Rules multiply what a request costs, so an organization has some of the processors for them and no
/// more, however much it sends and over however many projects; a project's requests wait, and beyond a number of them are refused.</summary>
internal sealed class RedactionTurns(IOptions<TracesOptions> options)
{
    private readonly Dictionary<string, Tenant> _tenants = new(StringComparer.Ordinal);

    /// <summary>Waits for a turn and holds it until it is disposed of; null when too many of the project wait.</summary>
    public async ValueTask<Turn?> TryEnterAsync(ProjectKey project, CancellationToken cancellationToken)
    {
        Tenant tenant;
        lock (_tenants)
        {
            if (!_tenants.TryGetValue(project.Organization, out tenant!))
                _tenants.Add(project.Organization, tenant = new Tenant(options.Value.MaxRedactionsAtOnce));
            var already = tenant.Requests.GetValueOrDefault(project.Project);
            if (already >= options.Value.MaxRedactionsPerProject) return null;
            tenant.Requests[project.Project] = already + 1;
        }
        try
        {
            await tenant.Processors.WaitAsync(cancellationToken);
            return new Turn(this, project, tenant);
        }
        catch (OperationCanceledException)
        {
            Leave(project, tenant);
            throw;
        }
    }

    private void Leave(ProjectKey project, Tenant tenant)
    {
        lock (_tenants)
        {
            if (--tenant.Requests[project.Project] == 0) tenant.Requests.Remove(project.Project);
            if (tenant.Requests.Count == 0) _tenants.Remove(project.Organization);
        }
    }

    internal sealed class Tenant(int processors)
    {
        public SemaphoreSlim Processors { get; } = new(processors);

        /// <summary>By project: those at work and those that wait.</summary>
        public Dictionary<string, int> Requests { get; } = new(StringComparer.Ordinal);
    }

    internal sealed class Turn(RedactionTurns turns, ProjectKey project, Tenant tenant) : IDisposable
    {
        public void Dispose()
        {
            tenant.Processors.Release();
            turns.Leave(project, tenant);
        }
    }
}
