using System.Diagnostics;
using System.Diagnostics.Metrics;
using Plumbline.GraphQL.Language;

namespace Plumbline.GraphQL.Execution;

/// <summary>Measures what is executed. By kind of operation and code of error alone: names are the callers' and have no end.</summary>
internal sealed class GraphQLInstruments
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Plumbline.GraphQL";

    private const string TimeOfOperations =
        "Time that queries and mutations took, by outcome: ok, errors (beside data), failed (without data), cancelled by the caller.";

    private static readonly InstrumentAdvice<double> Seconds =
        new() { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] };

    private readonly Histogram<double> _durations;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _events;
    private readonly UpDownCounter<long> _subscriptions;

    public GraphQLInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _durations = meter.CreateHistogram("plumbline.graphql.operation.duration", "s", TimeOfOperations, null, Seconds);
        _errors = meter.CreateCounter<long>("plumbline.graphql.errors", "{error}", "Errors in answers, by code, those of refused requests included.");
        _events = meter.CreateCounter<long>("plumbline.graphql.subscription.events", "{event}", "Answers sent to subscriptions.");
        _subscriptions = meter.CreateUpDownCounter<long>("plumbline.graphql.subscriptions", "{subscription}", "Subscriptions that are open.");
    }

    /// <summary>Begins to measure a query or a mutation; ends with disposal.</summary>
    public OperationTiming Start(OperationType type) => new(this, type);

    public void Count(IReadOnlyList<GraphQLError> errors)
    {
        for (var i = 0; i < errors.Count; i++) _errors.Add(1, new KeyValuePair<string, object?>("graphql.error.code", errors[i].Code));
    }

    public void Opened() => _subscriptions.Add(1);

    public void Closed() => _subscriptions.Add(-1);

    public void Sent() => _events.Add(1);

    private void Record(OperationType type, string outcome, long begun)
    {
        var kind = type == OperationType.Mutation ? "mutation" : "query";
        _durations.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds, new("graphql.operation.type", kind), new("plumbline.outcome", outcome));
    }

    /// <summary>One operation under way. What says nothing of its end was cancelled.</summary>
    internal sealed class OperationTiming(GraphQLInstruments instruments, OperationType type) : IDisposable
    {
        private readonly long _begun = Stopwatch.GetTimestamp();
        private string _outcome = "cancelled";

        public void Answered(bool hasErrors) => _outcome = hasErrors ? "errors" : "ok";

        public void Failed() => _outcome = "failed";

        public void Dispose() => instruments.Record(type, _outcome, _begun);
    }
}
