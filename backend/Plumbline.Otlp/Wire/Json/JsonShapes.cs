using static Plumbline.Otlp.Wire.Json.JsonFieldType;

namespace Plumbline.Otlp.Wire.Json;

/// <summary>The messages of OTLP's two requests.</summary>
/// <remarks>https://github.com/open-telemetry/opentelemetry-proto</remarks>
internal static class JsonShapes
{
    private static readonly JsonShape KeyValue = new(new("key", Fields.KeyValue.Key, Text), new("value", Fields.KeyValue.Value, Value));

    private static readonly JsonField Attributes1 = new("attributes", Fields.Resource.Attributes, Message, KeyValue);

    private static readonly JsonShape Resource = new(Attributes1, new("droppedAttributesCount", Fields.Resource.DroppedAttributesCount, Number));

    private static readonly JsonShape Scope = new(
        new("name", Fields.Scope.Name, Text),
        new("version", Fields.Scope.Version, Text),
        new("attributes", Fields.Scope.Attributes, Message, KeyValue),
        new("droppedAttributesCount", Fields.Scope.DroppedAttributesCount, Number));

    private static readonly JsonShape Event = new(
        new("timeUnixNano", Fields.Event.TimeUnixNano, Fixed64),
        new("name", Fields.Event.Name, Text),
        new("attributes", Fields.Event.Attributes, Message, KeyValue),
        new("droppedAttributesCount", Fields.Event.DroppedAttributesCount, Number));

    private static readonly JsonShape Link = new(
        new("traceId", Fields.Link.TraceId, Id),
        new("spanId", Fields.Link.SpanId, Id),
        new("traceState", Fields.Link.TraceState, Text),
        new("attributes", Fields.Link.Attributes, Message, KeyValue),
        new("droppedAttributesCount", Fields.Link.DroppedAttributesCount, Number), new("flags", Fields.Link.Flags, Fixed32));

    private static readonly JsonShape Status = new(
        new("message", Fields.Status.Message, Text),
        new("code", Fields.Status.Code, Number, null, "STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"));

    public static readonly JsonShape Span = new(
        new("traceId", Fields.Span.TraceId, Id),
        new("spanId", Fields.Span.SpanId, Id),
        new("traceState", Fields.Span.TraceState, Text),
        new("parentSpanId", Fields.Span.ParentSpanId, Id),
        new("name", Fields.Span.Name, Text),
        new(
            "kind", Fields.Span.Kind, Number, null, "SPAN_KIND_UNSPECIFIED", "SPAN_KIND_INTERNAL", "SPAN_KIND_SERVER", "SPAN_KIND_CLIENT",
            "SPAN_KIND_PRODUCER", "SPAN_KIND_CONSUMER"),
        new("startTimeUnixNano", Fields.Span.StartTimeUnixNano, Fixed64),
        new("endTimeUnixNano", Fields.Span.EndTimeUnixNano, Fixed64),
        new("attributes", Fields.Span.Attributes, Message, KeyValue),
        new("droppedAttributesCount", Fields.Span.DroppedAttributesCount, Number),
        new("events", Fields.Span.Events, Message, Event),
        new("droppedEventsCount", Fields.Span.DroppedEventsCount, Number),
        new("links", Fields.Span.Links, Message, Link),
        new("droppedLinksCount", Fields.Span.DroppedLinksCount, Number),
        new("status", Fields.Span.Status, Message, Status),
        new("flags", Fields.Span.Flags, Fixed32));

    public static readonly JsonShape LogRecord = new(
        new("timeUnixNano", Fields.LogRecord.TimeUnixNano, Fixed64),
        new("severityNumber", Fields.LogRecord.SeverityNumber, Number),
        new("severityText", Fields.LogRecord.SeverityText, Text),
        new("body", Fields.LogRecord.Body, Value),
        new("attributes", Fields.LogRecord.Attributes, Message, KeyValue),
        new("droppedAttributesCount", Fields.LogRecord.DroppedAttributesCount, Number),
        new("flags", Fields.LogRecord.Flags, Fixed32),
        new("traceId", Fields.LogRecord.TraceId, Id),
        new("spanId", Fields.LogRecord.SpanId, Id),
        new("observedTimeUnixNano", Fields.LogRecord.ObservedTimeUnixNano, Fixed64),
        new("eventName", Fields.LogRecord.EventName, Text));

    public static readonly JsonShape Traces = new(new JsonField("resourceSpans", Fields.Request.ResourceGroups, Message, new JsonShape(
        new("resource", Fields.ResourceGroup.Resource, Message, Resource),
        new("scopeSpans", Fields.ResourceGroup.ScopeGroups, Message, new JsonShape(
            new("scope", Fields.ScopeGroup.Scope, Message, Scope),
            new("spans", Fields.ScopeGroup.Records, Message, Span),
            new("schemaUrl", Fields.ScopeGroup.SchemaUrl, Text))),
        new("instrumentationLibrarySpans", Fields.ResourceGroup.ScopeGroups, Message, new JsonShape(
            new("instrumentationLibrary", Fields.ScopeGroup.Scope, Message, Scope),
            new("spans", Fields.ScopeGroup.Records, Message, Span))),
        new("schemaUrl", Fields.ResourceGroup.SchemaUrl, Text))));

    public static readonly JsonShape Logs = new(new JsonField("resourceLogs", Fields.Request.ResourceGroups, Message, new JsonShape(
        new("resource", Fields.ResourceGroup.Resource, Message, Resource),
        new("scopeLogs", Fields.ResourceGroup.ScopeGroups, Message, new JsonShape(
            new("scope", Fields.ScopeGroup.Scope, Message, Scope),
            new("logRecords", Fields.ScopeGroup.Records, Message, LogRecord),
            new("schemaUrl", Fields.ScopeGroup.SchemaUrl, Text))),
        new("schemaUrl", Fields.ResourceGroup.SchemaUrl, Text))));

    public static readonly JsonShape AnyValue = new(
        new("stringValue", Fields.AnyValue.StringValue, Text),
        new("boolValue", Fields.AnyValue.BoolValue, Bool),
        new("intValue", Fields.AnyValue.IntValue, Number),
        new("doubleValue", Fields.AnyValue.DoubleValue, JsonFieldType.Double),
        new("arrayValue", Fields.AnyValue.ArrayValue, Message, Values()), new(
            "kvlistValue", Fields.AnyValue.KvlistValue, Message, new JsonShape(new JsonField("values", Fields.List.Values, Message, KeyValue))),
            new("bytesValue", Fields.AnyValue.BytesValue, Base64));

    // Elements of an array are AnyValue messages themselves.
    private static JsonShape Values() => new(new JsonField("values", Fields.List.Values, Value));
}
