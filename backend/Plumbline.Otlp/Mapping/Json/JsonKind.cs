namespace Plumbline.Otlp.Mapping.Json;

/// <summary>The kind of a JSON value; <see cref="Undefined"/> where there is none.</summary>
internal enum JsonKind : byte { Undefined, Object, Array, String, Number, True, False, Null }
