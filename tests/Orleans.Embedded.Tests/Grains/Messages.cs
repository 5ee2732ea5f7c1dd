using System.Collections.Immutable;
using System.Text.Json;

namespace Orleans.Embedded.Tests;

[GenerateSerializer] public sealed record Positional(string A, int B);
[GenerateSerializer]
public sealed record PositionalAndBody(string A)
{
    [Id(0)] public int B { get; init; }
}
[GenerateSerializer]
public sealed record RequiredInit
{
    [Id(0)] public required string A { get; init; }
    [Id(1)] public int B { get; init; } = 7;
}
[GenerateSerializer]
public sealed record ForgottenId
{
    [Id(0)] public string? A { get; init; }
    public int B { get; init; }
}
[GenerateSerializer]
public sealed class NoDefaultConstructor(int a)
{
    [Id(0)] public int A { get; } = a;
}
[GenerateSerializer] public readonly record struct Point(int X, int Y);
[GenerateSerializer]
public sealed class Mutable
{
    [Id(0)] public List<int> Items { get; set; } = [];
}
[GenerateSerializer] public abstract record Shape([property: Id(0)] string Name);
[GenerateSerializer] public sealed record Circle(string Name, double Radius) : Shape(Name);
[GenerateSerializer] public sealed record HoldsJson([property: Id(0)] JsonElement Value);
[GenerateSerializer] public sealed record Tree(string Name, ImmutableArray<Tree> Children);
public sealed record Unmarked(string A);
