namespace Plumbline.Contracts.Traces;

/// <summary>What a span stands for: enum SpanKind.</summary>
[GenerateSerializer, Alias("SpanKind")]
public enum SpanKind { Agent, Generation, Embedding, Tool, Retriever, Reranker, Guardrail, Evaluator, Chain, Span }

/// <summary>The outcome a span reported: enum SpanStatus.</summary>
[GenerateSerializer, Alias("SpanStatus")]
public enum SpanStatus { Unset, Ok, Error }

/// <summary>Fields whose values can be counted and grouped by: enum FacetField.</summary>
[GenerateSerializer, Alias("FacetField")]
public enum FacetField { Name, Kind, Model, Provider, Environment, User, Session, Tag, Status, Tool, Prompt, PromptVersion, Service }

/// <summary>Lengths of the buckets of statistics: enum TimeBucket.</summary>
[GenerateSerializer, Alias("TimeBucket")]
public enum TimeBucket { Minute, FiveMinutes, Hour, Day, Week }

/// <summary>What traces are ordered by: enum TraceOrderField.</summary>
[GenerateSerializer, Alias("TraceOrderField")]
public enum TraceOrderField { StartTime, Duration, Cost, TotalTokens }

/// <summary>Which end comes first: enum OrderDirection.</summary>
[GenerateSerializer, Alias("OrderDirection")]
public enum OrderDirection { Asc, Desc }

/// <summary>What reviewers found: enum VerdictFilter.</summary>
[GenerateSerializer, Alias("VerdictFilter")]
public enum VerdictFilter { Pass, Fail, Unreviewed, Disputed }
