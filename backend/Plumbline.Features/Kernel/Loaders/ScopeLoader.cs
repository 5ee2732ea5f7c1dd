using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.GraphQL;

namespace Plumbline.Features.Kernel.Loaders;

/// <summary>Lets the caller into the projects of an answer, each checked once however many of its things are shown. Whoever needs a
/// permission asks the scope for it.</summary>
internal sealed class ScopeLoader(IAccessControl access, Caller caller) : BatchLoader<ProjectKey, ProjectScope>
{
    /// <summary>The caller in the project.</summary>
    /// <exception cref="RequestFailedException">As <see cref="IAccessControl"/> says.</exception>
    public async Task<ProjectScope> EnterAsync(ProjectKey project) => (await LoadAsync(project))!;

    protected override async Task<IReadOnlyDictionary<ProjectKey, ProjectScope>> LoadBatchAsync(
        IReadOnlyList<ProjectKey> keys, CancellationToken cancellationToken)
    {
        var scopes = new Dictionary<ProjectKey, ProjectScope>();
        foreach (var project in keys) scopes[project] = await access.RequireAsync(caller, project, cancellationToken);
        return scopes;
    }
}
