using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Traces.Api;

/// <summary>What a verdict counts as in a filter.</summary>
internal static class VerdictMatch
{
    public static bool Is(VerdictView verdict, VerdictFilter filter) => filter switch
    {
        VerdictFilter.Disputed => verdict.Disputed,
        VerdictFilter.Pass => !verdict.Disputed && verdict.Label == Label.Pass,
        VerdictFilter.Fail => !verdict.Disputed && verdict.Label == Label.Fail,
        _ => false,
    };
}
