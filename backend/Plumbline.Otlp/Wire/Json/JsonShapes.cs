using static Plumbline.Otlp.Wire.Json.JsonFieldType;

namespace Plumbline.Otlp.Wire.Json;

/// <summary>The messages of OTLP's two requests.</summary>
/// <remarks>https://github.com/open-telemetry/opentelemetry-proto</remarks>
internal static class JsonShapes
{
    private static readonly JsonShape KeyValue = new(new("key", 1, Text), new("value", 2, Value));

    private static readonly JsonField Attributes1 = new("attributes", 1, Message, KeyValue);

    private static readonly JsonShape Resource = new(Attributes1, new("droppedAttributesCount", 2, Number));

    private static readonly JsonShape Scope = new(
        new("name", 1, Text), new("version", 2, Text), new("attributes", 3, Message, KeyValue), new("droppedAttributesCount", 4, Number));

    private static readonly JsonShape Event = new(
        new("timeUnixNano", 1, Fixed64), new("name", 2, Text), new("attributes", 3, Message, KeyValue), new("droppedAttributesCount", 4, Number));

    private static readonly JsonShape Link = new(
        new("traceId", 1, Id), new("spanId", 2, Id), new("traceState", 3, Text), new("attributes", 4, Message, KeyValue),
        new("droppedAttributesCount", 5, Number), new("flags", 6, Fixed32));

    private static readonly JsonShape Status = new(
        new("message", 2, Text), new("code", 3, Number, null, "STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR"));

    public static readonly JsonShape Span = new(
        new("traceId", 1, Id), new("spanId", 2, Id), new("traceState", 3, Text), new("parentSpanId", 4, Id), new("name", 5, Text),
        new(
            "kind", 6, Number, null, "SPAN_KIND_UNSPECIFIED", "SPAN_KIND_INTERNAL", "SPAN_KIND_SERVER", "SPAN_KIND_CLIENT",
            "SPAN_KIND_PRODUCER", "SPAN_KIND_CONSUMER"),
        new("startTimeUnixNano", 7, Fixed64), new("endTimeUnixNano", 8, Fixed64), new("attributes", 9, Message, KeyValue),
        new("droppedAttributesCount", 10, Number), new("events", 11, Message, Event), new("droppedEventsCount", 12, Number),
        new("links", 13, Message, Link), new("droppedLinksCount", 14, Number), new("status", 15, Message, Status), new("flags", 16, Fixed32));

    public static readonly JsonShape LogRecord = new(
        new("timeUnixNano", 1, Fixed64), new("severityNumber", 2, Number), new("severityText", 3, Text), new("body", 5, Value),
        new("attributes", 6, Message, KeyValue), new("droppedAttributesCount", 7, Number), new("flags", 8, Fixed32),
        new("traceId", 9, Id), new("spanId", 10, Id), new("observedTimeUnixNano", 11, Fixed64), new("eventName", 12, Text));

    public static readonly JsonShape Traces = new(new JsonField("resourceSpans", 1, Message, new JsonShape(
        new("resource", 1, Message, Resource),
        new("scopeSpans", 2, Message, new JsonShape(new("scope", 1, Message, Scope), new("spans", 2, Message, Span), new("schemaUrl", 3, Text))),
        new("instrumentationLibrarySpans", 2, Message, new JsonShape(new("instrumentationLibrary", 1, Message, Scope), new("spans", 2, Message, Span))),
        new("schemaUrl", 3, Text))));

    public static readonly JsonShape Logs = new(new JsonField("resourceLogs", 1, Message, new JsonShape(
        new("resource", 1, Message, Resource),
        new("scopeLogs", 2, Message, new JsonShape(new("scope", 1, Message, Scope), new("logRecords", 2, Message, LogRecord), new("schemaUrl", 3, Text))),
        new("schemaUrl", 3, Text))));

    public static readonly JsonShape AnyValue = new(
        new("stringValue", 1, Text), new("boolValue", 2, Bool), new("intValue", 3, Number), new("doubleValue", 4, JsonFieldType.Double),
        new("arrayValue", 5, Message, Values()), new(
            "kvlistValue", 6, Message, new JsonShape(new JsonField("values", 1, Message, KeyValue))), new("bytesValue", 7, Base64));

    // Elements of an array are AnyValue messages themselves.
    private static JsonShape Values() => new(new JsonField("values", 1, Value));
}
