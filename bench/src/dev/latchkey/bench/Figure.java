package dev.latchkey.bench;

/** One part of the performance budget: starts what it needs, measures, and ends what it started. */
interface Figure {
    Findings measure(Lab lab) throws Exception;
}
