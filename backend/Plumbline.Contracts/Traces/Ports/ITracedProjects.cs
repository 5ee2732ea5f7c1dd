namespace Plumbline.Contracts.Traces;

/// <summary>The projects that have traces, without asking who may see them: for work that is done for all of them.</summary>
public interface ITracedProjects
{
    /// <summary>All projects that had traces when this process first asked, and those whose traces were used in it since.</summary>
    ValueTask<IReadOnlyCollection<ProjectKey>> ListAsync(CancellationToken cancellationToken);
}
