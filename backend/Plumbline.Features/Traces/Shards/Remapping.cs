using Microsoft.Extensions.Options;
using Plumbline.Features.Traces.Pricing;
using Plumbline.Otlp;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Shards;

/// <summary>Maps stored spans anew once the program has learnt to map them better, some blocks at a time.</summary>
internal sealed class Remapping(PriceBooks books, IOptions<TracesOptions> options)
{
    /// <summary>Does the next part, if there is one.</summary>
    /// <returns>Whether there is more to do soon.</returns>
    public async Task<bool> RunAsync(string organization, SpanStore spans, CancellationToken cancellationToken)
    {
        if (!spans.HasMappedBefore(SpanMapper.MappingVersion)) return false;
        var prices = (await books.ForAsync(organization)).Prices;
        using var remapper = new SpanRemapper();
        return await spans.RemapSomeAsync(
            (span, into) => remapper.TryRemap(span, prices, into), SpanMapper.MappingVersion, options.Value.BlocksRemappedAtOnce,
            cancellationToken);
    }
}
