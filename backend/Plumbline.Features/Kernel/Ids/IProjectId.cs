using Plumbline.Contracts;

namespace Plumbline.Features.Kernel.Ids;

/// <summary>The id of something in a project, taken apart.</summary>
internal interface IProjectId
{
    ProjectKey Project { get; }
}

internal static class ProjectIds
{
    /// <summary>Passes an id of this project.</summary>
    /// <exception cref="RequestFailedException">NOT_FOUND: it is of another project, which answers like an id that nobody has.</exception>
    public static T In<T>(this T id, ProjectKey project) where T : struct, IProjectId => id.Project == project ? id : throw Failure.NotFound();

    /// <summary>The project at the start of a key and so many parts after it; null when there are others.</summary>
    public static (ProjectKey Project, string[] Parts)? Split(string key, int parts)
    {
        if (!ProjectKey.TrySplit(key, out var project, out var rest)) return null;
        var found = rest.Split('/');
        return found.Length == parts && !Array.Exists(found, string.IsNullOrEmpty) ? (project, found) : null;
    }
}
