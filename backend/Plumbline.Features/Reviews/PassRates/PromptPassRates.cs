using Plumbline.Contracts.Access;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Reviews.Agreement;

namespace Plumbline.Features.Reviews.PassRates;

/// <summary>Counts the settled items behind a prompt version in all queues of a project. Golden items measure reviewers, not prompts: they
/// are left out.</summary>
internal sealed class PromptPassRates(IBlinding blinding, ReviewedPrompts prompts) : IPromptPassRates
{
    public async ValueTask<PassRateView?> ForVersionAsync(ProjectScope scope, string promptName, int number, CancellationToken cancellationToken)
    {
        scope.RequireReviewReader();
        // Were only the rates of the prompts behind hidden items withheld, their absence would tell which prompt made them; were only those of
        // settled items, it would tell what others have said.
        if (!(await blinding.ForAsync(scope, cancellationToken)).IsEmpty) return null;
        var queueIds = await scope.Queues().ListAsync();
        var items = await Task.WhenAll(queueIds.Select(id => scope.Queue(id).GetDecidedAsync(null)));
        var decided = items.SelectMany(i => i).Where(i => !i.Golden && i.Consensus is not null).ToList();
        var uses = await prompts.OfAsync(scope.Project, decided.Select(i => i.SpanReference), cancellationToken);
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
}
