using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;
using Plumbline.GraphQL;

namespace Plumbline.Features.Kernel.Loaders;

/// <summary>Whether the caller is still to judge anything in a project, found out once for an answer. As long as they are, they are not told figures
/// that every run or call of the project moves: hidden ones do too, and a figure without those would give them away by what it lacks.</summary>
internal sealed class PendingLoader(IAccessControl access, IBlinding blinding, Caller caller) : BatchLoader<ProjectKey, bool>
{
    protected override async Task<IReadOnlyDictionary<ProjectKey, bool>> LoadBatchAsync(
        IReadOnlyList<ProjectKey> keys, CancellationToken cancellationToken)
    {
        var pending = new Dictionary<ProjectKey, bool>();
        foreach (var project in keys)
        {
            var scope = await access.RequireAsync(caller, project, cancellationToken);
            pending[project] = !(await blinding.ForAsync(scope, cancellationToken)).IsEmpty;
        }
        return pending;
    }
}
