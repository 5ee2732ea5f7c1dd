using System.Collections.Immutable;

namespace Plumbline.Contracts.Reviews;

/// <summary>How far reviewers agree: type Agreement. Golden items and adjudications are left out.</summary>
/// <param name="Items">Items with at least two reviews.</param>
/// <param name="Observed">Share of pairs of reviews of one item that agree, 0..1; 0 without items.</param>
/// <param name="Kappa">Cohen's for exactly two reviewers, Fleiss' otherwise; null when undefined.</param>
/// <param name="KappaLow">Lower end of its 95 % bootstrap interval.</param>
/// <param name="KappaHigh">Upper end.</param>
[GenerateSerializer, Alias("AgreementView"), Immutable]
public sealed record AgreementView(
    [property: Id(0)] int Items,
    [property: Id(1)] double Observed,
    [property: Id(2)] double? Kappa,
    [property: Id(3)] double? KappaLow,
    [property: Id(4)] double? KappaHigh,
    [property: Id(5)] ImmutableArray<ReviewerAgreementView> PerReviewer);

/// <summary>One reviewer's part in it.</summary>
[GenerateSerializer, Alias("ReviewerAgreementView"), Immutable]
public sealed record ReviewerAgreementView(
    [property: Id(0)] string ReviewerId,
    [property: Id(1)] int Reviews,
    [property: Id(2)] double? AgreesWithConsensus,
    [property: Id(3)] double? GoldenAccuracy,
    [property: Id(4)] double? MedianSeconds,
    [property: Id(5)] double PassShare);
