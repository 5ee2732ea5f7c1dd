using Plumbline.Otlp.Mapping;
using Plumbline.Otlp.Pricing;
using Plumbline.TraceStore;

namespace Plumbline.Otlp;

/// <summary>Maps stored spans anew from the raw values that are kept with them, as if their request had arrived now. Reuse it; one span at a time.</summary>
/// <remarks>
/// <para>Nothing is redacted or cut again: what is stored has been, by the rules that held when it came, and what was taken out then does not come back.</para>
/// <para>Kept from the stored span is what its raw values do not tell: the environment of the key it came with, what was said of its
/// arrival, that its usage repeats another span's, a failure, and what log records told of its messages. The cost stays as it is as long as
/// the model and the tokens do: the price that held when the span came is history, and only prices that an organization saves change
/// it.</para>
/// </remarks>
public sealed class SpanRemapper : IDisposable
{
    private static readonly OtlpLimits Unlimited = new()
    {
        MaxSpans = int.MaxValue,
        MaxAttributes = int.MaxValue,
        MaxAttributeBytes = int.MaxValue,
        MaxEvents = int.MaxValue,
        MaxNesting = int.MaxValue,
    };

    private readonly SpanMapper _mapper = new(Unlimited);
    private readonly StoredRequest _request = new();

    /// <summary>Writes the span as it is mapped today; false, with nothing written, when it was mapped so before, or by a later version of
    /// the program.</summary>
    /// <param name="stored">The span as it is stored. One whose raw values are missing or cannot be read keeps its fields.</param>
    /// <param name="prices">For costs that have to be worked out anew.</param>
    /// <param name="into">Takes the whole span.</param>
    public bool TryRemap(SpanReader stored, IPriceBook? prices, SpanBatchWriter into)
    {
        if ((stored.Number(SpanNumber.MappingVersion) ?? 0) >= SpanMapper.MappingVersion) return false;
        Remap(stored, prices, into);
        return true;
    }

    public void Dispose() => _request.Dispose();

    internal void Remap(SpanReader stored, IPriceBook? prices, SpanBatchWriter into)
    {
        ArgumentNullException.ThrowIfNull(into);
        if (stored.Has(SpanText.Attributes) && _request.TryWrite(stored))
        {
            var settings = new MappingSettings { DefaultEnvironment = stored.String(SpanText.Environment) };
            foreach (var mapped in _mapper.MapTraces(_request.Written, OtlpEncoding.Protobuf, settings).Batch)
            {
                RemappedSpan.Write(stored, mapped, _request.HasLogs, prices, into);
                return;
            }
        }
        RemappedSpan.WriteFragment(stored, into);
    }
}
