using System.Text;
using Plumbline.Otlp.Pricing;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>Joins what a stored span's raw values are mapped to with what only the stored span knows.</summary>
internal static class RemappedSpan
{
    private static readonly SpanText[] Texts = Enum.GetValues<SpanText>();
    private static readonly SpanNumber[] Numbers = Enum.GetValues<SpanNumber>();
    private static readonly SpanList[] Lists = Enum.GetValues<SpanList>();

    public static void Write(SpanReader stored, SpanReader mapped, bool hasLogs, IPriceBook? prices, SpanBatchWriter into)
    {
        into.Begin(stored.TraceId, stored.SpanId, stored.ParentSpanId, mapped.Kind, mapped.Status, stored.StartUnixNano, stored.EndUnixNano);
        foreach (var field in Texts)
        {
            var from = IsRaw(field) ? stored : mapped;
            if (from.Has(field)) into.Set(field, from.Text(field));
        }
        if (hasLogs) KeepLonger(EventMessages.Read(stored.Text(SpanText.Events)), into);
        var repeats = CopyWarnings(stored, mapped, into);
        foreach (var field in Lists)
        {
            if (field == SpanList.Warnings) continue;
            // Log records are joined to a span in the store; what it is mapped from knows none.
            foreach (var item in (field == SpanList.Logs ? stored : mapped).List(field)) into.Add(field, item);
        }
        if (!repeats) into.Usage = mapped.Usage;
        foreach (var field in Numbers)
        {
            if (mapped.TryGet(field, out var number) && !(repeats && SpanDraft.IsUsage(field))) into.Set(field, number);
        }
        into.Remove(SpanNumber.Cost);
        if (!repeats && SpanPricing.CostOf(stored, mapped, prices) is { } cost) into.Set(SpanNumber.Cost, cost);
        into.End();
    }

    /// <summary>Writes what has no attributes to map: log records that wait for their span, or a span made by other means.</summary>
    public static void WriteFragment(SpanReader stored, SpanBatchWriter into)
    {
        var record = SpanRecord.From(stored) with { MappingVersion = SpanMapper.MappingVersion };
        if (record is { AttributesJson: null, EventsJson: { } events })
        {
            var told = EventMessages.Read(Encoding.UTF8.GetBytes(events));
            if (told.InputJson is not null || told.OutputJson is not null)
                record = record with { InputMessagesJson = told.InputJson, Input = told.Input, OutputMessagesJson = told.OutputJson, Output = told.Output };
        }
        into.Add(record);
    }

    // Whatever the order of their arrival, of what a span and its log records tell the longer text stays.
    private static void KeepLonger(EventMessages messages, SpanBatchWriter into)
    {
        Longer(SpanText.InputMessages, messages.InputJson, into);
        Longer(SpanText.Input, messages.Input, into);
        Longer(SpanText.OutputMessages, messages.OutputJson, into);
        Longer(SpanText.Output, messages.Output, into);
    }

    private static void Longer(SpanText field, string? found, SpanBatchWriter into)
    {
        if (found is null) return;
        var text = Encoding.UTF8.GetBytes(found);
        var there = into.Get(field);
        if (!into.Has(field) || text.Length > there.Length || (text.Length == there.Length && text.AsSpan().SequenceCompareTo(there) > 0))
            into.Set(field, text);
    }

    private static bool CopyWarnings(SpanReader stored, SpanReader mapped, SpanBatchWriter into)
    {
        var repeats = false;
        foreach (var warning in stored.List(SpanList.Warnings))
        {
            if (ArrivalWarnings.Contain(warning)) into.Add(SpanList.Warnings, warning);
            repeats |= ArrivalWarnings.IsRepeatedUsage(warning);
        }
        foreach (var warning in mapped.List(SpanList.Warnings)) into.Add(SpanList.Warnings, warning);
        if (repeats) into.Add(SpanList.Warnings, Encoding.UTF8.GetBytes(ArrivalWarnings.RepeatedUsage));
        return repeats;
    }

    private static bool IsRaw(SpanText field) =>
        field is SpanText.Name or SpanText.ScopeName or SpanText.Attributes or SpanText.Events or SpanText.Links or SpanText.Resource;
}
