using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.Agreement;

namespace Plumbline.Features.Reviews.PassRates;

/// <summary>Counts the settled items behind a prompt version in all queues of a project. Golden items measure reviewers, not prompts: they
/// are left out.</summary>
internal sealed class PromptPassRates(IGrainFactory grains, IBlinding blinding, ReviewedPrompts prompts) : IPromptPassRates
{
    public async ValueTask<PassRateView?> ForVersionAsync(
        ProjectKey project, string promptName, int number, string? viewerId, CancellationToken cancellationToken)
    {
        var queueIds = await grains.GetGrain<IReviewQueuesGrain>(project.ToString()).List();
        var queues = queueIds.Select(id => grains.GetGrain<IReviewQueueGrain>(project.Child(id))).ToList();
        if (await IsBlindedAsync(project, promptName, viewerId, queues, cancellationToken)) return null;
        var decided = (await Task.WhenAll(queues.Select(q => q.GetDecided(null)))).SelectMany(i => i).Where(i => !i.Golden && i.Consensus is not null).ToList();
        var uses = await prompts.OfAsync(project, decided.Select(i => i.SpanReference), cancellationToken);
        var version = new PromptUse(promptName, number);
        var counted = decided.Where(i => uses[i.SpanReference].Contains(version)).ToList();
        return Rate(counted.Count(i => i.Consensus == Label.Pass), counted.Count);
    }

    private static PassRateView? Rate(int passed, int total)
    {
        if (total == 0) return null;
        var (low, high) = Wilson.Interval(passed, total);
        return new PassRateView(passed, total - passed, passed / (double)total, low, high);
    }

    /// <summary>Whether the viewer is blinded to an item of the prompt, settled or not, in whatever version: were only the rates of its own version withheld,
    /// or only those of settled items, their absence would tell the version of what the viewer is to judge, or what others have said of it.</summary>
    private async Task<bool> IsBlindedAsync(
        ProjectKey project, string promptName, string? viewerId, List<IReviewQueueGrain> queues, CancellationToken cancellationToken)
    {
        var blinded = await blinding.ForAsync(project, viewerId, cancellationToken);
        if (blinded.IsEmpty) return false;
        var items = await Task.WhenAll(queues.Select(q => q.GetSpans()));
        var uses = await prompts.OfAsync(project, items.SelectMany(i => i).Where(s => blinded.BlindedTraceIds.Contains(s.TraceId)), cancellationToken);
        return uses.Values.Any(u => u.Any(p => p.Name == promptName));
    }
}
