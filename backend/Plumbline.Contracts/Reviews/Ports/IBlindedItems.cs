using Plumbline.Contracts.Access;

namespace Plumbline.Contracts.Reviews;

/// <summary>Which review items a caller may not be told of, for slices that know items by their ids alone.</summary>
public interface IBlindedItems
{
    /// <summary>Those of the items whose trace the scope's viewer is blinded to.</summary>
    /// <param name="scope">The caller in the project of the items.</param>
    /// <param name="itemIds">API ids; those of something else are in no answer.</param>
    ValueTask<IReadOnlySet<string>> AmongAsync(ProjectScope scope, IReadOnlyCollection<string> itemIds, CancellationToken cancellationToken);
}
