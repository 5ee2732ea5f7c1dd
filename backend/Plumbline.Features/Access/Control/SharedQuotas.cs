using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Grains;
using Plumbline.GraphQL.RateLimits;

namespace Plumbline.Features.Access.Control;

/// <summary>Quotas that all servers of a cluster share.</summary>
internal sealed partial class SharedQuotas(IGrainFactory grains, ILogger<SharedQuotas> log) : ISharedQuotas
{
    private const string Kind = "requests";

    public async ValueTask<QuotaLease?> TakeAsync(
        string caller, IReadOnlyList<RateLimitPolicy> policies, ReadOnlyMemory<long> wanted, ReadOnlyMemory<long> least)
    {
        ImmutableArray<QuotaAsk> asked = [.. policies.Select((p, i) => new QuotaAsk(p.Quota, p.Window, wanted.Span[i], least.Span[i]))];
        try
        {
            var answer = await grains.GetGrain<IQuotaGrain>($"{Kind}/{caller}").TakeAsync(asked);
            var states = policies.Select((p, i) => new RateLimitState(p, answer.Left[i], answer.FullIn[i])).ToArray();
            var units = !answer.Taken ? new long[policies.Count] : (answer.TookWanted ? wanted : least).ToArray();
            return new QuotaLease(units, new RateLimitDecision(answer.Taken, states, answer.RetryAfter));
        }
        catch (Exception failure) when (TransportFault.Of(failure) is not null || Failure.In(failure) is { IsRetryable: true })
        {
            LogAlone(log, failure);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A quota that all servers share cannot be asked: this one limits by itself meanwhile")]
    private static partial void LogAlone(ILogger logger, Exception failure);
}
