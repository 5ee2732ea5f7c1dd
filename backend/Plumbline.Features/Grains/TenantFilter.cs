using Microsoft.Extensions.Logging;
using Plumbline.Contracts;
using Plumbline.Contracts.Grains;

namespace Plumbline.Features.Grains;

/// <summary>Sends with each call the tenant that its caller acts for: a grain for its own, a request for one that has let it in. Replaces
/// whatever came along.</summary>
internal sealed class TenantStamp(GrainCalls calls) : IOutgoingGrainCallFilter
{
    public const string Header = "plumbline.tenant";

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        if (!calls.BelongsToTenant(context.TargetId)) return context.Invoke();
        if (TenantOf(context) is { } tenant) RequestContext.Set(Header, tenant);
        else RequestContext.Remove(Header);
        return context.Invoke();
    }

    private string? TenantOf(IOutgoingGrainCallContext context) => context.SourceId is { } source && calls.BelongsToTenant(source)
        ? Tenancy.Of(source.Key.ToString()!)
        : CallScope.Current?.TenantFor(context.TargetId.Key.ToString()!);
}

/// <summary>Refuses calls from one tenant to another, and calls for none: a second wall behind the access check of every resolver. What it
/// stops is a fault of ours, so the log says it; the caller learns no more than of a missing id.</summary>
internal sealed partial class TenantFilter(GrainCalls calls, ILogger<TenantFilter> log) : IIncomingGrainCallFilter
{
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (!calls.BelongsToTenant(context.TargetId)
            || calls.RuleOf(context) is { Kind: GrainCallKind.Runtime } or { IsAcrossTenants: true } || IsCovered(context))
            return context.Invoke();
        LogRefused($"{context.InterfaceName}.{context.MethodName}", context.TargetId, RequestContext.Get(TenantStamp.Header) as string ?? "nobody");
        throw Failure.NotFound();
    }

    private static bool IsCovered(IIncomingGrainCallContext context) =>
        RequestContext.Get(TenantStamp.Header) is string tenant && Tenancy.Covers(tenant, context.TargetId.Key.ToString()!);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Call} of {Grain} was refused: its caller acts for {Tenant}")]
    private partial void LogRefused(string call, GrainId grain, string tenant);
}
