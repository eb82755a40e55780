package io.scrip.testkit.sim;

import io.scrip.testkit.workload.Chance;

/** A file or a folder of the simulated disk. */
interface DiskNode {
    /** Brings what is in memory to the device. */
    void force();

    /** The power goes: what was not forced is there or not, piece by piece. */
    void cut(Chance chance, CutStyle style);

    /** What the device has refused is dropped from memory or not, page by page. */
    void evict(Chance chance);

    /** Pages that it and all below it take. */
    int pages();
}
