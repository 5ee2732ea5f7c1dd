using System.Collections.Immutable;

namespace Plumbline.Contracts.Prompts;

/// <summary>What makes a prompt version: the same content is the same version. JSON is carried as text.</summary>
[GenerateSerializer, Alias("PromptContent"), Immutable]
public sealed record PromptContent
{
    [Id(0)] public ImmutableArray<PromptMessage> Messages { get; init; } = [];

    [Id(1)] public ImmutableArray<PromptVariable> Variables { get; init; } = [];

    [Id(2)] public string? Model { get; init; }

    [Id(3)] public string? Provider { get; init; }

    /// <summary>temperature, top_p, max_tokens…: a JSON object.</summary>
    [Id(4)] public string ParametersJson { get; init; } = "{}";

    [Id(5)] public ImmutableArray<PromptTool> Tools { get; init; } = [];

    /// <summary>The JSON schema that answers must follow, or null.</summary>
    [Id(6)] public string? ResponseSchemaJson { get; init; }

    [Id(7)] public CodeContext? Code { get; init; }
}

/// <summary>One message: a role and a template.</summary>
[GenerateSerializer, Alias("PromptMessage"), Immutable]
public sealed record PromptMessage([property: Id(0)] MessageRole Role, [property: Id(1)] string Template);

/// <summary>Stored as numbers: never reorder.</summary>
[GenerateSerializer, Alias("MessageRole")]
public enum MessageRole
{
    System,
    User,
    Assistant,
}

/// <summary>A typed input of a prompt.</summary>
[GenerateSerializer, Alias("PromptVariable"), Immutable]
public sealed record PromptVariable
{
    [Id(0)] public required string Name { get; init; }

    [Id(1)] public required VariableType Type { get; init; }

    /// <summary>Whether a run must give a value; 0, false and "" are values, null is none.</summary>
    [Id(2)] public bool Required { get; init; } = true;

    [Id(3)] public string? Description { get; init; }

    /// <summary>The value used when none is given, as JSON; null when there is none.</summary>
    [Id(4)] public string? DefaultJson { get; init; }

    /// <summary>The only texts allowed, or empty when any is.</summary>
    [Id(5)] public ImmutableArray<string> EnumValues { get; init; } = [];
}

/// <summary>Stored as numbers: never reorder.</summary>
[GenerateSerializer, Alias("VariableType")]
public enum VariableType
{
    String,
    Number,
    Integer,
    Boolean,
    List,
    Object,
    Messages,
    ImageUrl,
}

/// <summary>A tool that the model may call.</summary>
/// <param name="ParametersJson">The JSON schema of its arguments.</param>
[GenerateSerializer, Alias("PromptTool"), Immutable]
public sealed record PromptTool([property: Id(0)] string Name, [property: Id(1)] string? Description, [property: Id(2)] string? ParametersJson);

/// <summary>The code around a call that an SDK registered.</summary>
[GenerateSerializer, Alias("CodeContext"), Immutable]
public sealed record CodeContext(
    [property: Id(0)] string Language,
    [property: Id(1)] string Signature,
    [property: Id(2)] string Source,
    [property: Id(3)] string DependenciesJson);
