using Plumbline.Contracts.Access;

namespace Plumbline.Contracts.Prompts;

/// <summary>How well a version did in review. Given by the slice that keeps reviews.</summary>
public interface IPromptPassRates
{
    /// <summary>Null without verdicts, or while the viewer is blinded to them.</summary>
    ValueTask<PassRateView?> ForVersionAsync(ProjectScope scope, string promptName, int number, CancellationToken cancellationToken);
}
