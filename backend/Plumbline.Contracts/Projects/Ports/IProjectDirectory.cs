namespace Plumbline.Contracts.Projects;

/// <summary>Projects by key, without asking who may see them: for code that has passed the gate already, or that runs for nobody.</summary>
public interface IProjectDirectory
{
    /// <summary>The project, or null when there is none.</summary>
    ValueTask<ProjectView?> FindAsync(ProjectKey project, CancellationToken cancellationToken);

    /// <summary>The project's settings; the defaults when there is no such project.</summary>
    ValueTask<ProjectSettings> SettingsAsync(ProjectKey project, CancellationToken cancellationToken);
}
