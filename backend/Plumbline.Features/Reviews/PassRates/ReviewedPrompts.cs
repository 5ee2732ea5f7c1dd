using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Caching.Memory;
using Plumbline.Contracts;
using Plumbline.Contracts.Reviews;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Reviews.PassRates;

/// <summary>A version of a prompt, by name and number.</summary>
internal readonly record struct PromptUse(string Name, int Number);

/// <summary>Which prompt versions stand behind a reviewed span.</summary>
internal sealed class ReviewedPrompts(ITraceReader traces, TimeProvider clock) : IDisposable
{
    private const int AtOnce = 32;

    // Spans of a trace may come late, so an answer is not kept for long.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = 500_000 });

    /// <summary>The versions behind each span; none for a span that is gone.</summary>
    public async ValueTask<IReadOnlyDictionary<SpanReference, ImmutableArray<PromptUse>>> OfAsync(
        ProjectKey project, IEnumerable<SpanReference> spans, CancellationToken cancellationToken)
    {
        var found = new Dictionary<SpanReference, ImmutableArray<PromptUse>>();
        foreach (var part in spans.Distinct().Chunk(AtOnce))
        {
            var uses = await Task.WhenAll(part.Select(span => OfAsync(project, span, cancellationToken)));
            for (var i = 0; i < part.Length; i++) found[part[i]] = uses[i];
        }
        return found;
    }

    public void Dispose() => _known.Dispose();

    /// <summary>The version that the span names; for one that names none, those named below it: a verdict on an agent's answer is one on
    /// the calls that made it.</summary>
    internal static ImmutableArray<PromptUse> Of(ImmutableArray<SpanView> trace, string spanId)
    {
        if (trace.FirstOrDefault(s => s.SpanId == spanId) is not { } span) return [];
        if (UseOf(span) is { } own) return [own];
        var children = trace.Where(s => s.ParentSpanId is not null).ToLookup(s => s.ParentSpanId!, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal) { spanId };
        var open = new Queue<string>(seen);
        var uses = new HashSet<PromptUse>();
        while (open.TryDequeue(out var parent))
        {
            foreach (var child in children[parent].Where(c => seen.Add(c.SpanId)))
            {
                if (UseOf(child) is { } use) uses.Add(use);
                open.Enqueue(child.SpanId);
            }
        }
        return [.. uses];
    }

    private async Task<ImmutableArray<PromptUse>> OfAsync(ProjectKey project, SpanReference span, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((project, span), out KnownUses known) && clock.GetUtcNow() - known.Since < Kept) return known.Uses;
        var now = clock.GetUtcNow();
        if (await traces.FindTraceAsync(project, span.TraceId, cancellationToken) is not { } trace) return [];
        var uses = Of(trace.Spans, span.SpanId);
        _known.Set((project, span), new KnownUses(uses, now), new MemoryCacheEntryOptions { Size = 1 + uses.Length, AbsoluteExpirationRelativeToNow = Kept });
        return uses;
    }

    private readonly record struct KnownUses(ImmutableArray<PromptUse> Uses, DateTimeOffset Since);

    private static PromptUse? UseOf(SpanView span) =>
        span.PromptName is { } name && int.TryParse(span.PromptVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new PromptUse(name, number)
            : null;
}
