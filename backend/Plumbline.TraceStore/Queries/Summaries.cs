using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>Makes a <see cref="TraceSummary"/> of a trace's row. The segment's trace columns must be loaded.</summary>
internal static class Summaries
{
    public static async ValueTask<TraceSummary> ReadAsync(SegmentView view, int trace, CancellationToken cancellationToken)
    {
        var (input, output) = await view.PreviewAsync(trace, cancellationToken).ConfigureAwait(false);
        return new TraceSummary
        {
            TraceId = view.TraceIds[trace],
            Name = Text(TraceCode.Name) ?? "",
            StartUnixNano = Number(TraceNumber.Start),
            DurationNano = Number(TraceNumber.Duration),
            Status = (StoredStatus)Number(TraceNumber.Status),
            Environment = Text(TraceCode.Environment),
            SessionId = Text(TraceCode.Session),
            UserId = Text(TraceCode.User),
            Tags = List(TraceCode.Tags),
            Models = List(TraceCode.Models),
            SpanCount = (int)Number(TraceNumber.Spans),
            ErrorCount = (int)Number(TraceNumber.Errors),
            Tokens = Tokens(view, trace),
            Cost = Known(Number(TraceNumber.Cost)),
            UnpricedSpans = (int)Number(TraceNumber.Unpriced),
            RootSpanId = new SpanId(unchecked((ulong)Number(TraceNumber.RootSpan))),
            InputPreview = input,
            OutputPreview = output,
        };

        long Number(TraceNumber field) => view.Column(field)[trace];

        string? Text(TraceCode field)
        {
            var column = view.Column(field);
            return column.Values.Text(column[trace]);
        }

        string[] List(TraceCode field)
        {
            var column = view.Column(field);
            return ListPredicate.Items(column.Values[column[trace]]);
        }
    }

    public static TokenSums Tokens(SegmentView view, int trace) => new(
        view.Column(TraceNumber.InputTokens)[trace], view.Column(TraceNumber.OutputTokens)[trace], view.Column(TraceNumber.TotalTokens)[trace],
        Known(view.Column(TraceNumber.CachedTokens)[trace]), Known(view.Column(TraceNumber.ReasoningTokens)[trace]));

    public static long? Known(long number) => number == Fields.Absent ? null : number;
}
